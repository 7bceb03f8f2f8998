/** What must hold at every quiet moment, and what must hold once everything has met again. */
import type { AnyOperation } from '$lib/domain/operation';
import { canonicalState, foldOperations, isApplied, type CounterState } from '$lib/domain/projection';
import { demand } from './demand';
import type { SimDevice } from './device';
import type { Entry, Ledger, Place } from './ledger';
import { reckonRecordLoss } from './record-ledger';
import { claimsBeyond, type SimServer } from './server';
import { SERVER_ORIGIN } from './space';
import { oncePerTwin } from './twins';

export interface Site {
	readonly devices: readonly SimDevice[];
	readonly server: SimServer;
	readonly ledger: Ledger;
}

const nameOf = ({ row, onDisk }: Entry) =>
	`operation ${row.sequence} of ${row.deviceId.slice(0, 6)} (${onDisk ?? '–'})`;

/** Where everything is at this moment. */
export interface Holdings {
	readonly server: ReadonlySet<Place>;
	/** By name of the device; `joined` counts, `all` has what is kept apart as well and can still be read. */
	readonly byDevice: ReadonlyMap<string, { readonly joined: ReadonlySet<Place>; readonly all: ReadonlySet<Place> }>;
}

export async function holdingsOf({ devices, server, ledger }: Site): Promise<Holdings> {
	const byDevice = devices.map((device) => {
		const { segments, pending, setAside } = device.disk().log;
		const joined = ledger.heldIn(segments, pending);
		const apart = ledger.heldIn(setAside.map(({ segment }) => segment));
		return [device.name, { joined, all: apart.size === 0 ? joined : new Set([...joined, ...apart]) }] as const;
	});
	return { server: ledger.heldIn(await server.segments()), byDevice: new Map(byDevice) };
}

const isSomewhere = ({ server, byDevice }: Holdings, place: Place): boolean =>
	server.has(place) || [...byDevice.values()].some(({ all }) => all.has(place));

/** [LG2] What was committed is on its disk, or, when that disk was put back, somewhere: nothing disappears by itself. */
export function checkNothingLost(ledger: Ledger, holdings: Holdings): void {
	for (const entry of ledger.entries()) {
		const { onDisk, place } = entry;
		if (entry.destroyed) continue;
		if (onDisk === null) demand(isSomewhere(holdings, place), () => `[SY3] ${nameOf(entry)} is held nowhere any more`);
		else {
			const isThere = holdings.byDevice.get(onDisk)?.all.has(place) ?? false;
			demand(isThere, () => `[LG2] ${nameOf(entry)} is gone from its disk`);
		}
	}
}

/** After a disk was replaced by force: what only it held is excused, all else must still be found. */
export async function reckonLoss(site: Site): Promise<void> {
	const holdings = await holdingsOf(site);
	for (const entry of site.ledger.entries()) {
		if (entry.onDisk !== null && !holdings.byDevice.get(entry.onDisk)?.all.has(entry.place)) entry.onDisk = null;
		if (!isSomewhere(holdings, entry.place)) entry.destroyed = true;
	}
	await reckonRecordLoss(site);
}

/** [SY2] What a device believes a server to hold is held there, unless the server was put back since. */
export function checkBelieved({ devices, server }: Site): void {
	const heads = server.heads();
	for (const device of devices) {
		const believed = device.disk().stores.servers.get(SERVER_ORIGIN);
		if (!believed || device.believedOf() !== server.epoch()) continue;
		const missing = claimsBeyond(believed.heads, heads);
		demand(missing === null, () => `[SY2] ${device.name} believes the server to hold ${missing}`);
	}
}

/**
 * No number is taken by two operations that both count, on any disk and on the server. Of a profile that was copied or put
 * back this holds only after it has met the others.
 */
export function checkNumbers({ server, byDevice }: Holdings, copied: ReadonlySet<string> = new Set()): void {
	const accepted = new Map<string, Place>();
	for (const places of [server, ...[...byDevice.values()].map(({ joined }) => joined)])
		for (const place of places) {
			const number = place.slice(0, place.lastIndexOf(':'));
			if (copied.has(number.slice(0, number.indexOf(':')))) continue;
			const other = accepted.get(number) ?? place;
			demand(other === place, () => `[SY15] number ${number} stands for two operations that both count`);
			accepted.set(number, place);
		}
}

/** [SY1] On one disk at most one history of an id is joined, also of a copied one: what is shown of two would depend on which came first. */
export function checkOneHistoryEach({ byDevice }: Holdings): void {
	for (const [name, { joined }] of byDevice) {
		const numbers = new Set<string>();
		for (const place of joined) {
			const number = place.slice(0, place.lastIndexOf(':'));
			demand(!numbers.has(number), () => `[SY1] ${name} has joined two histories at number ${number}`);
			numbers.add(number);
		}
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
export async function checkFold(ledger: Ledger, holdings: Holdings, device: SimDevice): Promise<void> {
	const state = device.counter()?.state();
	if (!state) return;
	const operations = await appliedOperations(ledger, holdings.byDevice.get(device.name)?.joined ?? [], state);
	demand(
		canonicalState(foldOperations(operations)) === canonicalState(state),
		() => `[SY4] what ${device.name} shows is not the fold of what it holds`
	);
}

/** Every unreplaced value is readable, and no other: told from the operations alone, without the fold. */
export function checkValues(operations: readonly AnyOperation[], state: CounterState): void {
	const replaced = new Set<string>();
	const values = new Map<string, string[]>();
	for (const operation of operations) {
		if (operation.type === 'unknown') continue;
		for (const [path, change] of Object.entries(operation.body.changes))
			for (const other of change.replaces) replaced.add(`${operation.subjectId}/${path}/${other}`);
	}
	for (const { operation, names } of oncePerTwin(operations)) {
		if (operation.type === 'unknown') continue;
		for (const [path, { value }] of Object.entries(operation.body.changes)) {
			const field = `${operation.subjectId}/${path}`;
			if (names.some((name) => replaced.has(`${field}/${name}`))) continue;
			values.set(field, [...(values.get(field) ?? []), JSON.stringify(value)]);
		}
	}
	const shown = new Map<string, string[]>();
	for (const [id, { fields }] of state.subjects)
		for (const [path, stored] of fields)
			shown.set(
				`${id}/${path}`,
				stored.map(({ value }) => JSON.stringify(value))
			);
	const text = (all: ReadonlyMap<string, string[]>) =>
		JSON.stringify([...all].map(([field, list]) => [field, list.toSorted()]).sort());
	demand(text(values) === text(shown), () => '[SY9] not every value that nothing has replaced is shown');
}
