/** Rows that a lost device had not cut yet: cut by its own key, under the numbers and chain values they have (decision 32). */
import type { PurposeKeys } from '$lib/crypto/data-key';
import { chainValue, chainZero, cutSegments, openPending, type OpenedRow } from '$lib/crypto/seal';
import type { DeviceId, KeyId, SpaceId } from '$lib/domain/ids';
import type { PendingRow, Segment } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';

export interface FormerRows {
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	readonly keysById: ReadonlyMap<KeyId, PurposeKeys>;
	readonly rows: readonly PendingRow[];
	/** Of this device too: their borders tell chain values. */
	readonly segments: readonly Segment[];
}

interface Run {
	readonly chainBefore: Uint8Array;
	readonly rows: OpenedRow[];
}

/** `left`: rows that do not open or do not follow from what is known; nothing is made of them. */
export async function cutFormerRows(
	former: FormerRows
): Promise<{ readonly segments: Segment[]; readonly left: number }> {
	const runs = await provenRuns(former);
	const segments: Segment[] = [];
	for (const { rows, chainBefore } of runs) segments.push(...(await cutSegments({ ...former, rows, chainBefore })));
	const cut = runs.reduce((sum, { rows }) => sum + rows.length, 0);
	return { segments, left: former.rows.length - cut };
}

/** Rows whose bytes give the chain value that stands beside them, in runs without a gap. */
async function provenRuns({ rows, segments, spaceId, deviceId, keysById }: FormerRows): Promise<Run[]> {
	const chainAt = new Map<number, Uint8Array>([[0, chainZero()]]);
	for (const segment of segments)
		if (segment.header.deviceId === deviceId)
			chainAt
				.set(segment.header.firstSequence - 1, segment.header.chainBefore)
				.set(lastSequenceOf(segment), segment.header.chainAfter);
	for (const row of rows) chainAt.set(row.sequence, row.chainValue);
	const runs: Run[] = [];
	for (const row of rows.toSorted((a, b) => a.sequence - b.sequence)) {
		const keys = keysById.get(row.keyId);
		const before = chainAt.get(row.sequence - 1);
		if (!keys || !before) continue;
		const opened = await openPending(row, keys, spaceId);
		if (!opened.ok || !areEqual(await chainValue(keys.chain, before, opened.value), row.chainValue)) continue;
		const last = runs.at(-1)?.rows.at(-1)?.row;
		if (last?.sequence !== row.sequence - 1) runs.push({ chainBefore: before, rows: [] });
		runs.at(-1)?.rows.push({ row, bytes: opened.value });
	}
	return runs;
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
