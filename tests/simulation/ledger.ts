/** What was ever committed at a write door, kept beside the simulation: against it everything is held. */
import type { PurposeKeys } from '$lib/crypto/data-key';
import { openPending } from '$lib/crypto/seal';
import type { DeviceId, KeyId, SpaceId } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import { decodeOperation } from '$lib/domain/operation-codec';
import type { PendingRow, Segment } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { must } from '../support/test-space';
import { createRecordLedger } from './record-ledger';

/** `deviceId:sequence:chainValue`: names an operation and the whole history before it. */
export type Place = string;

export interface Entry {
	readonly place: Place;
	readonly before: Place;
	readonly row: PendingRow;
	/** Name of the device on whose disk it must be; null once that disk was put back to an older copy without it. */
	onDisk: string | null;
	/** The only disks that held it were replaced by older copies: gone by force, not by a fault. */
	destroyed: boolean;
}

export const placeOf = (deviceId: DeviceId, sequence: number, chainValue: Uint8Array): Place =>
	`${deviceId}:${sequence}:${sequence === 0 ? '' : Buffer.from(chainValue).toString('base64')}`;

export type Ledger = ReturnType<typeof createLedger>;

export function createLedger(spaceId: SpaceId) {
	const entries = new Map<Place, Entry>();
	const coverage = new Map<string, readonly Place[] | null>();
	const opened = new Map<Place, AnyOperation>();
	const keysById = new Map<KeyId, PurposeKeys>();

	/** The operations of a segment, oldest first; null: it holds what nobody ever wrote. */
	function placesOf(segment: Segment): readonly Place[] | null {
		const { deviceId, count, chainBefore, firstSequence, chainAfter } = segment.header;
		const places: Place[] = [];
		let place = placeOf(deviceId, lastSequenceOf(segment), chainAfter);
		const name = `${place} ${count}`;
		const known = coverage.get(name);
		if (known !== undefined) return known;
		for (let entry = entries.get(place); entry && places.length < count; entry = entries.get(place)) {
			places.unshift(place);
			place = entry.before;
		}
		const isWhole = places.length === count && place === placeOf(deviceId, firstSequence - 1, chainBefore);
		coverage.set(name, isWhole ? places : null);
		return isWhole ? places : null;
	}

	return {
		records: createRecordLedger(),
		entries: (): readonly Entry[] => [...entries.values()],
		entry: (place: Place) => entries.get(place),
		knowKeys: (keys: readonly PurposeKeys[]) => keys.forEach((one) => keysById.set(one.keyId, one)),
		/** Rows went to a disk in one transaction. */
		committed(device: string, rows: readonly PendingRow[], chainBefore: Uint8Array): Place[] {
			let before = chainBefore;
			return rows.map((row) => {
				const place = placeOf(row.deviceId, row.sequence, row.chainValue);
				const entry = { place, before: placeOf(row.deviceId, row.sequence - 1, before), row };
				entries.set(place, { ...entry, onDisk: device, destroyed: false });
				before = row.chainValue;
				return place;
			});
		},
		placesOf,
		/** All that these segments hold; throws for what nobody wrote. */
		heldIn(segments: readonly Segment[], rows: readonly PendingRow[] = []): Set<Place> {
			const held = new Set(rows.map((row) => placeOf(row.deviceId, row.sequence, row.chainValue)));
			for (const segment of segments) {
				const places = placesOf(segment);
				if (!places) throw new Error('a segment holds operations that were never written');
				for (const place of places) held.add(place);
			}
			return held;
		},
		/** As it reads; opened with every key that ever was. */
		async operation(place: Place): Promise<AnyOperation> {
			const known = opened.get(place);
			if (known) return known;
			const { row } = must(found(entries.get(place)));
			const keys = must(found(keysById.get(row.keyId)));
			const line = must(await openPending(row, keys, spaceId));
			const operation = must(decodeOperation(line, row.deviceId, row.sequence));
			opened.set(place, operation);
			return operation;
		}
	};
}

const found = <T>(value: T | undefined) =>
	value === undefined ? ({ ok: false, error: 'not in the ledger' } as const) : ({ ok: true, value } as const);
