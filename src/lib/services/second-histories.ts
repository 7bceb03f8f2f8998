/** A second history can hide where no border tells it: inside segments. Its chain values are computed before anything is joined (SY1). */
import type { DeviceId } from '$lib/domain/ids';
import type { OperationLog, Segment } from '$lib/domain/operation-log';
import { countMissing } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { rangesOfHead } from '$lib/sync/heads';

export interface HistoryPorts {
	readonly log: Pick<OperationLog, 'heads'>;
	/** c(sequence) of what is held of a device; null where it cannot be told. */
	chainValueAt(deviceId: DeviceId, sequence: number): Promise<Uint8Array | null>;
}

export interface Parted {
	readonly joining: readonly Segment[];
	/** Of a second history: to be set aside. */
	readonly apart: readonly Segment[];
}

/** Only what overlaps with something held is looked into: the log itself compares where borders meet. */
export async function partHistories(
	{ log, chainValueAt }: HistoryPorts,
	segments: readonly Segment[]
): Promise<Parted> {
	const heads = await log.heads();
	const joining: Segment[] = [];
	const apart: Segment[] = [];
	const differs = async (deviceId: DeviceId, sequence: number, value: Uint8Array): Promise<boolean> => {
		const held = await chainValueAt(deviceId, sequence);
		return held !== null && !held.every((byte, i) => byte === value[i]);
	};
	for (const segment of segments) {
		const { deviceId, firstSequence, count, chainBefore, chainAfter } = segment.header;
		const last = lastSequenceOf(segment);
		const overlaps = countMissing([[firstSequence, last]], rangesOfHead(heads.get(deviceId))) < count;
		const isSecond =
			overlaps &&
			((await differs(deviceId, firstSequence - 1, chainBefore)) || (await differs(deviceId, last, chainAfter)));
		(isSecond ? apart : joining).push(segment);
	}
	return { joining, apart };
}
