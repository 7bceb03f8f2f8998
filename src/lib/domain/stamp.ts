/** Stamp: when and where an operation was written. It orders lists; what replaces what is stated by operations, not by clocks. */
import type { DeviceId } from './ids';
import type { ClockOffset, Instant } from './time';

export interface Stamp {
	/** Raw device clock, never rewritten (SGB I § 16: the time of receipt is a legal fact). */
	readonly recordedAt: Instant;
	readonly clockOffset: ClockOffset | null;
	/** Lamport counter. */
	readonly tick: number;
	readonly deviceId: DeviceId;
}

/** Lists are ordered by recordedAt, tick, deviceId; ascending. */
export function compareStamps(a: Stamp, b: Stamp): number {
	return (
		a.recordedAt - b.recordedAt || a.tick - b.tick || (a.deviceId < b.deviceId ? -1 : a.deviceId > b.deviceId ? 1 : 0)
	);
}
