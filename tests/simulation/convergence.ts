/** The end of a seed: all have met again. Everybody holds and shows everything, and meeting once more changes nothing. */
import type { AnyOperation } from '$lib/domain/operation';
import { canonicalState, foldOperations, unknownCount } from '$lib/domain/projection';
import { createMemoryOperationLog } from '../support/memory-operation-log';
import { demand } from './demand';
import type { SimDevice } from './device';
import { imageOf } from './disk';
import {
	checkBelieved,
	checkFold,
	checkNothingLost,
	checkNumbers,
	checkOneHistoryEach,
	checkValues,
	holdingsOf,
	type Holdings,
	type Site
} from './invariants';
import type { Entry, Ledger, Place } from './ledger';
import { checkNoRecordLost, checkRecordsShared, type LastAccepted } from './record-ledger';
import { oncePerTwin, signOf } from './twins';

const counts = ({ row }: Entry, last: LastAccepted): boolean => row.sequence <= (last.get(row.deviceId) ?? Infinity);

/** Where two histories of one id may stay apart: still nothing is lost, and each shows what it holds. */
export async function checkAtPeace(site: Site): Promise<void> {
	const holdings = await holdingsOf(site);
	checkNothingLost(site.ledger, holdings);
	await checkNoRecordLost(site);
	checkOneHistoryEach(holdings);
	checkBelieved(site);
	for (const device of site.devices) await checkFold(site.ledger, holdings, device);
}

export async function checkConverged(site: Site): Promise<void> {
	const { devices, ledger } = site;
	const here = devices.filter((device) => !device.isRetired());
	const holdings = await holdingsOf(site);
	checkNothingLost(ledger, holdings);
	await checkNoRecordLost(site);
	checkNumbers(holdings);
	checkBelieved(site);
	const shared = [...holdings.server].map((place) => ledger.entry(place)).filter((entry) => entry !== undefined);
	const last = await checkRecordsShared(site);
	await checkAllShared(site, holdings, shared, last);
	for (const { name } of here) {
		const held = holdings.byDevice.get(name)?.joined ?? new Set();
		for (const { place } of shared) demand(held.has(place), () => `[SY5] ${name} lacks ${place}`);
		demand(held.size === shared.length, () => `[SY5] the server lacks what ${name} counts`);
	}
	await checkShown(
		ledger,
		here,
		shared.filter((entry) => counts(entry, last))
	);
	for (const device of here) await checkDuplicates(site, device);
}

/** Everything ever committed is with everybody, under its own name or recorded again under a new one [SY15]. */
async function checkAllShared(
	{ devices, ledger }: Site,
	holdings: Holdings,
	shared: readonly Entry[],
	last: LastAccepted
): Promise<void> {
	const places = new Set(shared.map(({ place }) => place));
	const signs = new Set<string>();
	const holders = (place: Place) => devices.filter(({ name }) => holdings.byDevice.get(name)?.all.has(place));
	const isTakenAway = (place: Place) => holders(place).length > 0 && holders(place).every((one) => one.isRetired());
	for (const { place } of shared) signs.add(signOf(await ledger.operation(place)));
	for (const entry of ledger.entries()) {
		if (entry.destroyed || places.has(entry.place) || !counts(entry, last)) continue;
		// Where its revocation was lost with a disk, a device taken away still has what it never sent.
		if (!last.has(entry.row.deviceId) && isTakenAway(entry.place)) continue;
		const operation = await ledger.operation(entry.place);
		// What a device says of itself it says anew, under its new id.
		if (operation.type === 'device-joined') continue;
		demand(signs.has(signOf(operation)), () => `[SY5] the server lacks ${entry.place}`);
	}
}

/** [SY4] All show the same: the fold of everything due, with every value; unknown operations are counted [SY7]. */
async function checkShown(ledger: Ledger, devices: readonly SimDevice[], due: readonly Entry[]): Promise<void> {
	const operations: AnyOperation[] = [];
	for (const { place } of due.toSorted((a, b) => (a.place < b.place ? -1 : 1)))
		operations.push(await ledger.operation(place));
	const expected = foldOperations(operations);
	const unknown = oncePerTwin(operations).filter(({ operation }) => operation.type === 'unknown').length;
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
