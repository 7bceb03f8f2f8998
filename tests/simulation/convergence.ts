/** The end of a seed: all have met again. Everybody holds and shows everything, and meeting once more changes nothing. */
import type { AnyOperation } from '$lib/domain/operation';
import { canonicalState, foldOperations, unknownCount } from '$lib/domain/projection';
import { createMemoryOperationLog } from '../support/memory-operation-log';
import type { SimDevice } from './device';
import { imageOf } from './disk';
import {
	checkBelieved,
	checkNothingLost,
	checkNumbers,
	checkValues,
	demand,
	holdingsOf,
	type Site
} from './invariants';
import type { Entry, Ledger } from './ledger';

/** Up to which number the history of a device counts; later ones are kept, and shown by nobody. */
export type LastAccepted = ReadonlyMap<string, number>;

const counts = ({ row }: Entry, last: LastAccepted): boolean => row.sequence <= (last.get(row.deviceId) ?? Infinity);

export async function checkConverged(site: Site, last: LastAccepted): Promise<void> {
	const { devices, ledger } = site;
	const here = devices.filter((device) => !device.isRetired());
	const holdings = await holdingsOf(site);
	checkNothingLost(ledger, holdings);
	checkNumbers(holdings);
	checkBelieved(site);
	const due = ledger.entries().filter((entry) => !entry.destroyed && counts(entry, last));
	for (const { place } of due) demand(holdings.server.has(place), () => `[SY5] the server lacks ${place}`);
	for (const { name } of here) {
		const held = holdings.byDevice.get(name)?.joined;
		for (const { place } of due) demand(held?.has(place) ?? false, () => `[SY5] ${name} lacks ${place}`);
	}
	await checkShown(ledger, here, due);
	for (const device of here) await checkDuplicates(site, device);
}

/** [SY4] All show the same: the fold of everything due, with every value; unknown operations are counted [SY7]. */
async function checkShown(ledger: Ledger, devices: readonly SimDevice[], due: readonly Entry[]): Promise<void> {
	const operations: AnyOperation[] = [];
	for (const { place } of due.toSorted((a, b) => (a.place < b.place ? -1 : 1)))
		operations.push(await ledger.operation(place));
	const expected = foldOperations(operations);
	const unknown = operations.filter(({ type }) => type === 'unknown').length;
	demand(unknownCount(expected) === unknown, () => `[SY7] ${unknownCount(expected)} unknown, not ${unknown}`);
	checkValues(operations, expected);
	const text = canonicalState(expected);
	for (const { name, counter } of devices) {
		const state = counter()?.state();
		const isSame = state !== undefined && canonicalState(state) === text;
		demand(isSame, () => `[SY4] ${name} shows another state than the ${operations.length} operations make`);
	}
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
