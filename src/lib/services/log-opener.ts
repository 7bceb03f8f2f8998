/** Opens what the log holds with the keys of the person who works here, and judges who may have written it. */
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { KeyringState } from '$lib/crypto/keyring';
import { chainValue, cutSegments, openPending, openSegment, type OpenedRow } from '$lib/crypto/seal';
import {
	splitOperationName,
	type DeviceId,
	type KeyId,
	type OperationName,
	type SpaceId,
	type StaffId
} from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import { decodeOperation } from '$lib/domain/operation-codec';
import type { OperationLog, PendingRow, Segment, SetAsideReason } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import type { Role } from '$lib/domain/workplace';

export interface OpenerPorts {
	readonly log: OperationLog;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	loadKeyring(): Promise<KeyringState>;
}

export type OpenedLines =
	| { readonly type: 'opened'; readonly lines: readonly Uint8Array[] }
	/** Its key or its person is not known yet: tried again after each change of the keyring. */
	| { readonly type: 'not-yet' }
	| { readonly type: 'never'; readonly reason: SetAsideReason };

export type LogOpener = ReturnType<typeof createLogOpener>;

export function createLogOpener({ log, spaceId, deviceId: ownId, deviceKey, loadKeyring }: OpenerPorts) {
	const keysById = new Map<KeyId, PurposeKeys>();
	let keyring: KeyringState | null = null;

	async function openLines(segment: Segment): Promise<OpenedLines> {
		const keys = keysById.get(segment.header.keyId);
		const staffKeys = keyring?.signingKeysOf(segment.header.staffId) ?? [];
		if (!keys || staffKeys.length === 0) return { type: 'not-yet' };
		const opened = await openSegment(segment, keys, staffKeys);
		if (opened.ok) return { type: 'opened', lines: opened.value.operations };
		return { type: 'never', reason: opened.error.type === 'too-large' ? 'cannot-open' : opened.error.type };
	}

	/** Null: under a key that is not open here. */
	async function openRow(row: PendingRow): Promise<Uint8Array | null> {
		const keys = keysById.get(row.keyId);
		const opened = keys && (await openPending(row, keys, spaceId));
		return opened?.ok ? opened.value : null;
	}

	async function lineOf(deviceId: DeviceId, sequence: number): Promise<Uint8Array | null> {
		if (deviceId === ownId) {
			const [row] = await log.pendingRows(deviceId, sequence);
			if (row?.sequence === sequence) return openRow(row);
		}
		const segment = await log.segmentWith(deviceId, sequence);
		if (!segment) return null;
		const opened = await openLines(segment);
		return opened.type === 'opened' ? (opened.lines[sequence - segment.header.firstSequence] ?? null) : null;
	}

	/** c(sequence) by what the segment says itself; null inside of one that does not open. */
	async function chainValueIn(segment: Segment, sequence: number): Promise<Uint8Array | null> {
		const { firstSequence, chainBefore, chainAfter, keyId } = segment.header;
		if (sequence === lastSequenceOf(segment)) return chainAfter;
		const opened = await openLines(segment);
		const keys = keysById.get(keyId);
		if (!keys || opened.type !== 'opened') return null;
		let value: Uint8Array = chainBefore;
		for (const line of opened.lines.slice(0, sequence - firstSequence + 1))
			value = await chainValue(keys.chain, value, line);
		return value;
	}

	/** Pending rows that follow each other and open; one that does not parts two runs and holds up neither. */
	async function openedRuns(): Promise<OpenedRow[][]> {
		const runs: OpenedRow[][] = [];
		let next = 0;
		for (const row of await log.pendingRows(ownId)) {
			const bytes = await openRow(row);
			if (!bytes) continue;
			if (row.sequence !== next) runs.push([]);
			runs.at(-1)?.push({ row, bytes });
			next = row.sequence + 1;
		}
		return runs;
	}

	async function cutRun(rows: readonly OpenedRow[]): Promise<void> {
		const first = rows[0]?.row.sequence;
		const last = rows.at(-1)?.row.sequence;
		if (first === undefined || last === undefined) return;
		// Without the chain value before it nothing can be cut; the rows stay as they are, sealed and counted.
		const chainBefore = await log.chainBefore(ownId, first);
		if (!chainBefore) return;
		const segments = await cutSegments({ rows, chainBefore, spaceId, deviceId: ownId, deviceKey, keysById });
		await log.replacePending(ownId, first, last, segments);
	}

	return {
		/** Takes more keys and reads the keyring again. */
		use: async (keys: readonly PurposeKeys[]): Promise<void> => {
			for (const one of keys) keysById.set(one.keyId, one);
			keyring = await loadKeyring();
		},
		/** Names which histories are cut off where: when it changes, so does what may be folded. */
		revocations: () => revocationsOf(keyring),
		/** The last number that counts of a device: what comes later under a revoked id is held apart. */
		lastAccepted: (deviceId: DeviceId): number => keyring?.revokedDevices.get(deviceId)?.lastSequence ?? Infinity,
		/** Under which what this person signed is read. Own rows may be by somebody the keyring here does not know yet. */
		roleOf: (staffId: StaffId): Role => keyring?.people.get(staffId)?.role ?? 'clerk',
		openLines,
		opensHere: async (segment: Segment): Promise<boolean> => (await openLines(segment)).type === 'opened',
		openRow,
		chainValueIn,
		/** c(sequence), computed where no border tells it; null when the operation is not here or does not open. */
		chainValueAt: async (deviceId: DeviceId, sequence: number): Promise<Uint8Array | null> => {
			const told = await log.chainBefore(deviceId, sequence + 1);
			const segment = told ? null : await log.segmentWith(deviceId, sequence);
			return segment ? chainValueIn(segment, sequence) : told;
		},
		/** An operation in full; null when it is not here or cannot be opened. */
		operation: async (name: OperationName): Promise<AnyOperation | null> => {
			const { deviceId, sequence } = splitOperationName(name);
			const line = await lineOf(deviceId, sequence);
			const operation = line && decodeOperation(line, deviceId, sequence);
			return operation?.ok ? operation.value : null;
		},
		/** Pending rows → segments. When another window has cut the same rows, nothing is left to do. */
		cut: async (): Promise<void> => {
			for (const rows of await openedRuns()) await cutRun(rows);
		}
	};
}

/** A fold made under other revocations is none any more. */
const revocationsOf = (keyring: KeyringState | null): string =>
	[...(keyring?.revokedDevices ?? [])]
		.map(([deviceId, { lastSequence }]) => `${deviceId}:${lastSequence}`)
		.sort()
		.join(' ');
