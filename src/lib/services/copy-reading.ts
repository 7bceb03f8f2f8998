/** Files of a further copy, read on a device that has nothing: whose space it is, and what of it can be trusted. */
import { foldKeyring, type KeyringState } from '$lib/crypto/keyring';
import { verifySegmentSignature } from '$lib/crypto/segment-signature';
import { deviceIdOf, importVerifyKey } from '$lib/crypto/signature';
import type { DeviceId } from '$lib/domain/ids';
import type { JournalEntry } from '$lib/domain/journal';
import { readJournal, type JournalFile } from '$lib/domain/journal-codec';
import { foldJournal, type JournalContent } from '$lib/domain/journal-content';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Segment } from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import { parseIdentity, type DeviceIdentity } from '$lib/storage/identity-store';
import type { DevicePublicKey } from '$lib/storage/device-key-store';
import type { CopyError } from './workspace';

/** One device's copy. Files of the same device are read as one. */
export interface DeviceCopy {
	readonly identity: DeviceIdentity;
	readonly content: JournalContent;
}

export interface ReadCopies {
	/** The newest first. */
	readonly copies: readonly DeviceCopy[];
	readonly keyring: KeyringState;
	readonly deviceKeys: readonly DevicePublicKey[];
	/** Each signed by its device. */
	readonly segments: readonly Segment[];
	/** Segments of another space, of a device whose key is not here, or with a wrong signature. */
	readonly refused: number;
	/** Unreadable places, the torn end of a file too. */
	readonly damagedPlaces: number;
}

/** Nothing is written; what is damaged is left out and counted. */
export async function readCopies(files: readonly Uint8Array[]): Promise<Result<ReadCopies, CopyError>> {
	const read = files.map(readJournal);
	const unusable = read.find(({ kind }) => kind !== 'ours');
	if (read.length === 0 || unusable) return err({ type: unusable?.kind === 'newer' ? 'newer-copy' : 'not-a-copy' });
	const copies = copiesOf(read);
	const [newest] = copies;
	if (!newest) return err({ type: 'copy-too-damaged' });
	const { spaceId } = newest.identity;
	if (copies.some(({ identity }) => identity.spaceId !== spaceId)) return err({ type: 'different-spaces' });
	const keyring = await foldKeyring(spaceId, recordsOf(copies));
	if (!keyring.founded) return err({ type: 'copy-too-damaged' });
	const deviceKeys = await provenKeys(copies);
	const segments = [...new Map(copies.flatMap(({ content }) => [...content.segments])).values()];
	const sound = await soundSegments(keyring, deviceKeys, segments);
	return ok({
		copies,
		keyring,
		deviceKeys,
		segments: sound,
		refused: segments.length - sound.length,
		damagedPlaces: read.reduce((sum, { places, tornBytes }) => sum + places + (tornBytes > 0 ? 1 : 0), 0)
	});
}

/** Files that name the same device belong together, the one with the higher head last: in a journal the later counts. */
function copiesOf(files: readonly JournalFile[]): DeviceCopy[] {
	const byDevice = new Map<DeviceId, { readonly head: number; readonly entries: readonly JournalEntry[] }[]>();
	for (const { entries } of files) {
		const { identity, head } = ownerOf(entries);
		if (identity) byDevice.set(identity.deviceId, [...(byDevice.get(identity.deviceId) ?? []), { head, entries }]);
	}
	const copies: { readonly copy: DeviceCopy; readonly head: number }[] = [];
	for (const parts of byDevice.values()) {
		const inOrder = parts.toSorted((a, b) => a.head - b.head);
		const content = foldJournal(inOrder.flatMap(({ entries }) => entries));
		const identity = parseIdentity(content.identity);
		if (identity) copies.push({ copy: { identity, content }, head: inOrder.at(-1)?.head ?? 0 });
	}
	return copies.toSorted((a, b) => b.head - a.head).map(({ copy }) => copy);
}

/** Whose copy it is, and the highest number in it that this device gave. */
export function ownerOf(entries: readonly JournalEntry[]): { identity: DeviceIdentity | null; head: number } {
	const content = foldJournal(entries);
	const identity = parseIdentity(content.identity);
	const own = [...content.segments.values()].filter(({ header }) => header.deviceId === identity?.deviceId);
	const ends = own.map(({ header }) => header.firstSequence + header.count - 1);
	const rows = identity ? [...(content.pending.get(identity.deviceId)?.keys() ?? [])] : [];
	return { identity, head: [...ends, ...rows].reduce((most, end) => Math.max(most, end), 0) };
}

const recordsOf = (copies: readonly DeviceCopy[]): KeyringRecord[] => [
	...new Map(copies.flatMap(({ content }) => [...content.records])).values()
];

/** A device's id is the hash of its key. */
async function provenKeys(copies: readonly DeviceCopy[]): Promise<DevicePublicKey[]> {
	const proven = new Map<DeviceId, DevicePublicKey>();
	for (const { identity, content } of copies)
		for (const [deviceId, publicKey] of [...content.deviceKeys, [identity.deviceId, identity.publicKey] as const])
			if (!proven.has(deviceId) && (await deviceIdOf(publicKey)) === deviceId)
				proven.set(deviceId, { deviceId, publicKey });
	return [...proven.values()];
}

async function soundSegments(
	{ spaceId }: KeyringState,
	deviceKeys: readonly DevicePublicKey[],
	segments: readonly Segment[]
): Promise<Segment[]> {
	const keys = new Map<DeviceId, CryptoKey>();
	for (const { deviceId, publicKey } of deviceKeys) {
		const key = await importVerifyKey(publicKey);
		if (key) keys.set(deviceId, key);
	}
	const sound: Segment[] = [];
	for (const segment of segments) {
		const key = keys.get(segment.header.deviceId);
		if (segment.header.spaceId === spaceId && key && (await verifySegmentSignature(segment, key))) sound.push(segment);
	}
	return sound;
}
