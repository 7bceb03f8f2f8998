/** Invented histories of devices for tests of the log: chain values, rows and segments that fit together, sealed with nothing. */
import { hexOf, type DeviceId, type KeyId, type SpaceId, type StaffId } from '$lib/domain/ids';
import type { OwnHead, PendingRow, Segment, SegmentHeader } from '$lib/domain/operation-log';
import { encodeSegmentHeader } from '$lib/domain/segment-codec';

export const SPACE = hexOf(new Uint8Array(16).fill(0x5a)) as SpaceId;
export const STAFF = hexOf(new Uint8Array(16).fill(0x11)) as StaffId;
export const KEY = '1.general' as KeyId;
export const deviceNumber = (number: number): DeviceId => hexOf(new Uint8Array(16).fill(number)) as DeviceId;

const SEALED_BYTES = 64;
let signatures = 0;

/** Every signature differs, as those of ECDSA do. */
function nextSignature(): Uint8Array {
	const signature = new Uint8Array(64).fill(0x77);
	new DataView(signature.buffer).setUint32(0, ++signatures);
	return signature;
}

export interface DeviceHistory {
	readonly deviceId: DeviceId;
	/** c(sequence). */
	chainValue(sequence: number): Uint8Array;
	row(sequence: number): PendingRow;
	rows(from: number, to: number): PendingRow[];
	/** A segment of its own each time: cutting anew gives other bytes with the same chain values. */
	segment(from: number, to: number, sealedBytes?: number): Segment;
	/** Segments of `size` operations each, the last one shorter. */
	segments(from: number, to: number, size: number): Segment[];
	head(sequence: number, counters?: { readonly tick?: number; readonly caseCounter?: number }): OwnHead;
	/** The same up to `sequence`, another history from there on: a clone of the profile, or an older copy of it. */
	fork(sequence: number): DeviceHistory;
}

export const aHistory = (deviceId: DeviceId = deviceNumber(0xd1)): DeviceHistory => historyOf(deviceId, []);

function historyOf(deviceId: DeviceId, forks: readonly number[]): DeviceHistory {
	const chainValue = (sequence: number): Uint8Array => {
		const value = new Uint8Array(32);
		if (sequence === 0) return value;
		value.fill(Number.parseInt(deviceId.slice(0, 2), 16));
		const view = new DataView(value.buffer);
		view.setUint32(0, sequence);
		view.setUint32(4, forks.filter((fork) => sequence > fork).length);
		return value;
	};
	const row = (sequence: number): PendingRow => ({
		deviceId,
		sequence,
		staffId: STAFF,
		keyId: KEY,
		chainValue: chainValue(sequence),
		sealed: new Uint8Array(SEALED_BYTES).fill(sequence % 251),
		staffSignature: nextSignature()
	});
	const segment = (from: number, to: number, sealedBytes = SEALED_BYTES): Segment => {
		const header: SegmentHeader = {
			version: 1,
			algorithm: 1,
			spaceId: SPACE,
			deviceId,
			firstSequence: from,
			count: to - from + 1,
			chainBefore: chainValue(from - 1),
			chainAfter: chainValue(to),
			keyId: KEY,
			staffId: STAFF
		};
		return {
			header,
			headerBytes: encodeSegmentHeader(header),
			sealed: new Uint8Array(sealedBytes).fill(to % 251),
			staffSignature: nextSignature(),
			signature: nextSignature()
		};
	};
	return {
		deviceId,
		chainValue,
		row,
		rows: (from, to) => Array.from({ length: to - from + 1 }, (_, i) => row(from + i)),
		segment,
		segments: (from, to, size) => {
			const cut: Segment[] = [];
			for (let first = from; first <= to; first += size) cut.push(segment(first, Math.min(first + size - 1, to)));
			return cut;
		},
		head: (sequence, { tick = sequence, caseCounter = 0 } = {}) => ({
			deviceId,
			sequence,
			chainValue: chainValue(sequence),
			tick,
			caseCounter
		}),
		fork: (sequence) => historyOf(deviceId, [...forks, sequence])
	};
}
