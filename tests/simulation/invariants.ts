/** What must hold at every quiet moment, and what must hold once everything has met again. */
import type { AnyOperation } from '$lib/domain/operation';
import { canonicalState, foldOperations, isApplied, type CounterState } from '$lib/domain/projection';
import type { SimDevice } from './device';
import { segmentsIn, type Entry, type Ledger, type Place } from './ledger';
import { claimsBeyond, type SimServer } from './server';
import { SERVER_ORIGIN } from './space';

export interface Site {
	readonly devices: readonly SimDevice[];
	readonly server: SimServer;
	readonly ledger: Ledger;
}

export class Violation extends Error {}

export function demand(holds: boolean, what: () => string): asserts holds {
	if (!holds) throw new Violation(what());
}

const nameOf = ({ row, onDisk }: Entry) => `operation ${row.sequence} of ${row.deviceId.slice(0, 6)} (${onDisk ?? '–'})`;

/** Joined to the histories or kept apart: all that can still be read there. */
const onDiskOf = (ledger: Ledger, device: SimDevice): Set<Place> =>
	ledger.heldIn(segmentsIn(device.disk().log), device.disk().log.pending);

/** [LG2] What was committed is on its disk, or, when that disk was put back, somewhere: nothing disappears by itself. */
export async function checkNothingLost({ devices, server, ledger }: Site): Promise<void> {
	const onServer = ledger.heldIn(await server.segments());
	const held = new Map(devices.map((device) => [device.name, onDiskOf(ledger, device)]));
	for (const entry of ledger.entries()) {
		if (entry.destroyed) continue;
		if (entry.onDisk !== null)
			demand(held.get(entry.onDisk)?.has(entry.place) ?? false, () => `[LG2] ${nameOf(entry)} is gone from its disk`);
		else {
			const somewhere = onServer.has(entry.place) || [...held.values()].some((places) => places.has(entry.place));
			demand(somewhere, () => `[SY3] ${nameOf(entry)} is held nowhere any more`);
		}
	}
}

/** After a disk was replaced by force: what only it held is excused, all else must still be found. */
export async function reckonLoss({ devices, server, ledger }: Site): Promise<void> {
	const onServer = ledger.heldIn(await server.segments());
	const held = new Map(devices.map((device) => [device.name, onDiskOf(ledger, device)]));
	for (const entry of ledger.entries()) {
		if (entry.onDisk !== null && !held.get(entry.onDisk)?.has(entry.place)) entry.onDisk = null;
		const somewhere = onServer.has(entry.place) || [...held.values()].some((places) => places.has(entry.place));
		if (!somewhere) entry.destroyed = true;
	}
}

/** [SY2] What a device believes a server to hold is held there, unless the server was put back since. */
export async function checkBelieved({ devices, server }: Site): Promise<void> {
	const heads = await server.heads();
	for (const device of devices) {
		const believed = device.disk().stores.servers.get(SERVER_ORIGIN);
		if (!believed || device.believedOf() !== server.epoch()) continue;
		const missing = claimsBeyond(believed.heads, heads);
		demand(missing === null, () => `[SY2] ${device.name} believes the server to hold ${missing}`);
	}
}

/** No number is taken by two operations that both count, on any disk and on the server. */
export async function checkNumbers({ devices, server, ledger }: Site): Promise<void> {
	const accepted = new Map<string, Place>();
	const logs = devices.map((device) => device.disk().log);
	const all = [
		...logs.map(({ segments, pending }) => ledger.heldIn(segments, pending)),
		ledger.heldIn(await server.segments())
	];
	for (const places of all)
		for (const place of places) {
			const number = place.slice(0, place.lastIndexOf(':'));
			const other = accepted.get(number) ?? place;
			demand(other === place, () => `[SY15] number ${number} stands for two operations that both count`);
			accepted.set(number, place);
		}
}

/** Operations on a disk that are in the state, in an order of their own. */
async function appliedOperations(ledger: Ledger, places: Iterable<Place>, state: CounterState) {
	const operations: AnyOperation[] = [];
	for (const place of [...places].sort()) {
		const operation = await ledger.operation(place);
		if (isApplied(state, operation.deviceId, operation.sequence)) operations.push(operation);
	}
	return operations;
}

/** [SY4] The state is the fold of the operations in it, whatever the order they came in. */
export async function checkFold({ ledger }: Site, device: SimDevice): Promise<void> {
	const state = device.counter()?.state();
	if (!state) return;
	const { segments, pending } = device.disk().log;
	const operations = await appliedOperations(ledger, ledger.heldIn(segments, pending), state);
	demand(
		canonicalState(foldOperations(operations)) === canonicalState(state),
		() => `[SY4] what ${device.name} shows is not the fold of what it holds`
	);
}

/** Every unreplaced value is readable, and no other: told from the operations alone, without the fold. */
export function checkValues(operations: readonly AnyOperation[], state: CounterState, name: string): void {
	const replaced = new Set<string>();
	const values = new Map<string, string[]>();
	for (const operation of operations) {
		if (operation.type === 'unknown') continue;
		for (const [path, change] of Object.entries(operation.body.changes))
			for (const other of change.replaces) replaced.add(`${operation.subjectId}/${path}/${other}`);
	}
	for (const operation of operations) {
		if (operation.type === 'unknown') continue;
		for (const [path, { value }] of Object.entries(operation.body.changes)) {
			const field = `${operation.subjectId}/${path}`;
			if (replaced.has(`${field}/${operation.deviceId}:${operation.sequence}`)) continue;
			values.set(field, [...(values.get(field) ?? []), JSON.stringify(value)]);
		}
	}
	const shown = new Map<string, string[]>();
	for (const [id, { fields }] of state.subjects)
		for (const [path, stored] of fields) shown.set(`${id}/${path}`, stored.map(({ value }) => JSON.stringify(value)));
	const text = (all: ReadonlyMap<string, string[]>) =>
		JSON.stringify([...all].map(([field, list]) => [field, list.toSorted()]).sort());
	demand(text(values) === text(shown), () => `[SY9] ${name} does not show every value that nothing has replaced`);
}
