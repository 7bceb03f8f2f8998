/** The end of an identity and the beginning of the next (SY15): each one strict transaction, so that a crash leaves the one or the other. */
import type { DeviceId } from '$lib/domain/ids';
import type { AppendError, NewBeginning } from '$lib/domain/operation-log';
import { countMissing, insertRange, type OwnedRanges } from '$lib/domain/ranges';
import { err, ok, type Result } from '$lib/domain/result';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { CHAIN_ZERO, chainValueAt } from './chain-values';
import type { CounterDatabase } from './database';
import { emptyOwnHead, parseOwnHead, rebuildDeviceHeads } from './device-heads';
import { nameOfError } from './not-written';
import { pendingBetween, pendingRowOf } from './pending-rows';
import { ownBytes } from './row-shape';
import { segmentsEndingBetween, setAsideRowOf } from './segment-rows';

export function stopWriting(database: CounterDatabase, deviceId: DeviceId, commonTo: number): Promise<void> {
	return Promise.resolve(
		database.transaction('rw', database.ownHead, async () => {
			const head = parseOwnHead(await database.ownHead.get(deviceId)) ?? emptyOwnHead(deviceId);
			await database.ownHead.put({ ...head, commonTo: Math.max(commonTo, head.commonTo ?? 0) });
		})
	);
}

/** `now` is the device clock, ms. */
export async function beginAnew(
	database: CounterDatabase,
	beginning: NewBeginning,
	now: number
): Promise<Result<void, AppendError>> {
	const { pending, segments, heads, ownHead, setAside } = database;
	try {
		return await database.transaction('rw', [pending, segments, heads, ownHead, setAside], async () => {
			const former = parseOwnHead(await ownHead.get(beginning.former));
			const begun = parseOwnHead(await ownHead.get(beginning.next.deviceId));
			if (former?.commonTo === undefined || begun) return err({ type: 'head-moved', head: begun?.sequence ?? 0 });
			await takeOut(database, beginning);
			await setAside.bulkPut(
				beginning.givenUp.map((segment) => setAsideRowOf({ segment, reason: 'given-up', setAsideAt: now }))
			);
			await rebuildDeviceHeads(database);
			const chainValue = (await chainValueAt(database, beginning.former, beginning.keptTo)) ?? CHAIN_ZERO;
			await ownHead.put({ ...former, sequence: beginning.keptTo, chainValue: ownBytes(chainValue) });
			await pending.bulkAdd(beginning.rows.map(pendingRowOf));
			await ownHead.put({ ...beginning.next, chainValue: ownBytes(beginning.next.chainValue) });
			return ok(undefined);
		});
	} catch (error) {
		return err({ type: 'not-written', name: nameOfError(error) });
	}
}

/** Only what is set aside whole leaves the log; what could not be opened stays where it lies. */
async function takeOut(database: CounterDatabase, { former, keptTo, givenUp }: NewBeginning): Promise<void> {
	const ranges: OwnedRanges = [];
	for (const segment of givenUp) insertRange(ranges, segment.header.firstSequence, lastSequenceOf(segment));
	const isGivenUp = (from: number, to: number) => from > keptTo && countMissing([[from, to]], ranges) === 0;
	const rows = await pendingBetween(database, former, keptTo + 1, Infinity).primaryKeys();
	await database.pending.bulkDelete(rows.filter(([, sequence]) => isGivenUp(sequence, sequence)));
	const keys = await segmentsEndingBetween(database, former, keptTo + 1, Infinity).primaryKeys();
	await database.segments.bulkDelete(keys.filter(([, last, first]) => isGivenUp(first, last)));
}
