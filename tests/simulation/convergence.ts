/** The end of a seed: all have met again. Everybody holds and shows everything, and meeting once more changes nothing. */
import type { AnyOperation } from '$lib/domain/operation';
import { canonicalState, foldOperations, unknownCount } from '$lib/domain/projection';
import { createMemoryOperationLog } from '../support/memory-operation-log';
import type { SimDevice } from './device';
import { imageOf } from './disk';
import { checkBelieved, checkNothingLost, checkNumbers, checkValues, demand, type Site } from './invariants';
import type { Entry, Ledger } from './ledger';

/** Up to which number the history of a device counts; later ones are kept, and shown by nobody. */
export type LastAccepted = ReadonlyMap<string, number>;

const counts = ({ row }: Entry, last: LastAccepted): boolean => row.sequence <= (last.get(row.deviceId) ?? Infinity);

export async function checkConverged(site: Site, last: LastAccepted): Promise<void> {
	const { devices, server, ledger } = site;
	const here = devices.filter((device) => !device.isRetired());
	await checkNothingLost(site);
	await checkBelieved(site);
	await checkNumbers(site);
	const due = ledger.entries().filter((entry) => !entry.destroyed && counts(entry, last));
	const onServer = ledger.heldIn(await server.segments());
	for (const { place } of due) demand(onServer.has(place), () => `[SY5] the server lacks ${place}`);
	for (const device of here) await checkShowsAll(ledger, device, due, last);
	for (const device of here) await checkDuplicates(site, device);
}

/** [SY4] Held, folded, and shown with every value; unknown operations are counted [SY7]. */
async function checkShowsAll(ledger: Ledger, device: SimDevice, due: readonly Entry[], last: LastAccepted) {
	const { name } = device;
	const state = device.counter()?.state();
	demand(state !== undefined, () => `${name} does not run`);
	const { segments, pending } = device.disk().log;
	const held = ledger.heldIn(segments, pending);
	for (const { place } of due) demand(held.has(place), () => `[SY5] ${name} lacks ${place}`);
	const operations: AnyOperation[] = [];
	for (const place of [...held].sort()) {
		const entry = ledger.entry(place);
		if (entry && counts(entry, last)) operations.push(await ledger.operation(place));
	}
	const isSame = canonicalState(foldOperations(operations)) === canonicalState(state);
	demand(isSame, () => `[SY4] ${name} shows another state than its ${operations.length} operations make`);
	checkValues(operations, state, name);
	const unknown = operations.filter(({ type }) => type === 'unknown').length;
	demand(unknownCount(state) === unknown, () => `[SY7] ${name} counts ${unknownCount(state)} unknown, not ${unknown}`);
}

/** [SY1] Everything once more, however it was cut: nothing is added, nothing set aside. */
async function checkDuplicates({ server }: Site, device: SimDevice): Promise<void> {
	const copy = imageOf(device.disk());
	const apart = copy.log.setAside.length;
	const log = createMemoryOperationLog({ content: copy.log });
	const before = await log.size();
	const again = [...(await server.segments()), ...copy.log.segments];
	const { added, clashing } = await log.addSegments(again);
	const after = await log.size();
	demand(added.length === 0 && clashing.length === 0, () => `[SY1] ${device.name} takes in what it holds already`);
	demand(JSON.stringify(before) === JSON.stringify(after), () => `[SY1] doubles change the log of ${device.name}`);
	demand(copy.log.setAside.length === apart, () => `[SY1] doubles are set aside on ${device.name}`);
}
