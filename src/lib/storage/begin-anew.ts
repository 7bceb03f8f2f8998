/** The end of an identity and the beginning of the next (SY15): each one strict transaction, so that a crash leaves the one or the other. */
import type { DeviceId } from '$lib/domain/ids';
import type { AppendError, NewBeginning, Segment } from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { CHAIN_ZERO, chainValueAt } from './chain-values';
import type { CounterDatabase, SegmentKey } from './database';
import { emptyOwnHead, parseOwnHead, rebuildDeviceHeads } from './device-heads';
import { nameOfError } from './not-written';
import { pendingBetween, pendingRowOf, readPendingRow } from './pending-rows';
import { areEqual, ownBytes } from './row-shape';
import { readSegmentRow, setAsideRowOf } from './segment-rows';

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
			await takeOut(database, beginning.givenUp);
			await setAside.bulkPut(
				beginning.givenUp.map((segment) => setAsideRowOf({ segment, reason: 'given-up', setAsideAt: now }))
			);
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

/**
 * Takes what was given up out of rows and segments, told by signature and chain value: another history under the same numbers, which
 * may be here by now, stays. Within the caller's transaction.
 */
export async function takeOut(database: CounterDatabase, givenUp: readonly Segment[]): Promise<void> {
	for (const segment of givenUp) {
		const { deviceId, firstSequence, chainAfter } = segment.header;
		const last = lastSequenceOf(segment);
		const key: SegmentKey = [deviceId, last, firstSequence];
		const held = await database.segments.get(key);
		const stored = held === undefined ? null : readSegmentRow(database, held);
		if (stored && areEqual(stored.signature, segment.signature)) await database.segments.delete(key);
		const lastRow = await database.pending.get([deviceId, last]);
		const row = lastRow === undefined ? null : readPendingRow(database, lastRow);
		if (row && areEqual(row.chainValue, chainAfter))
			await pendingBetween(database, deviceId, firstSequence, last).delete();
	}
	await rebuildDeviceHeads(database);
}
