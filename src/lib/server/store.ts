/** Store port: what a server keeps. Contract: tests/contract/store.contract.ts. Every answer comes from committed rows (SY2). */
import type { DeviceId, RecordId, SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Heads, Segment } from '$lib/domain/operation-log';
import type { Result } from '$lib/domain/result';
import type { DeviceKey, RefusedSegment } from '$lib/sync/protocol';

/** What is known of a space without folding its keyring. */
export interface SpaceRow {
	readonly tips: readonly RecordId[];
	readonly revoked: ReadonlySet<DeviceId>;
	/** Grows with every record: names the state of the keyring. */
	readonly recordCount: number;
}

/** What the keyring said when it was last folded. */
export interface KeyringSummary {
	readonly tips: readonly RecordId[];
	readonly revoked: readonly DeviceId[];
}

export interface StoredRecord {
	readonly recordId: RecordId;
	readonly record: KeyringRecord;
}

export interface NewSpace {
	readonly spaceId: SpaceId;
	readonly codeHash: string;
	readonly records: readonly StoredRecord[];
	readonly summary: KeyringSummary;
	readonly deviceKeys: readonly DeviceKey[];
	readonly nowMs: number;
}

export interface NewJoinPackage {
	readonly packageHash: string;
	readonly spaceId: SpaceId;
	readonly sealed: Uint8Array;
	readonly uses: number;
	readonly expiresAt: number;
}

/** A device as whoever looks after the server sees it. */
export interface DeviceOverview {
	readonly deviceId: DeviceId;
	/** Ms. */
	readonly enrolledAt: number;
	/** Highest gap-free number. */
	readonly sequence: number;
	readonly beyond: readonly (readonly [from: number, to: number])[];
	/** A second history under this id was met. */
	readonly forked: boolean;
	/** Of its segments here. */
	readonly sizeBytes: number;
	/** Ms: its last exchange that was noted, or the last segment of it that came, from whomever. */
	readonly lastContactAt: number | null;
}

export interface Contact {
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly atMs: number;
}

export type CodeError = { readonly type: 'wrong-code' | 'code-used' | 'code-expired' };

/** `start`: printed until the first space exists; `given`: from ENROLMENT_CODE; `made`: by `npm run code`. */
export type CodeKind = 'start' | 'given' | 'made';

/** What one call brings. */
export interface SpaceIntake {
	readonly spaceId: SpaceId;
	readonly segments: readonly Segment[];
}

export interface Store {
	space(spaceId: SpaceId): Promise<SpaceRow | null>;
	hasSpaces(): Promise<boolean>;
	/** Takes the code and writes the space in one transaction; the same space with the same code again changes nothing. */
	createSpace(space: NewSpace): Promise<Result<void, CodeError>>;
	/** Makes a code valid; one of kind `start` takes the place of the last one. A used code stays used. */
	offerCode(codeHash: string, kind: CodeKind, nowMs: number): Promise<void>;

	deviceKey(spaceId: SpaceId, deviceId: DeviceId): Promise<Uint8Array | null>;
	deviceKeys(spaceId: SpaceId): Promise<DeviceKey[]>;
	/** Keys that are known already stay as they are; beyond `MAX_DEVICES` none is taken in. */
	addDevices(spaceId: SpaceId, deviceKeys: readonly DeviceKey[], nowMs: number): Promise<void>;

	/** In the order in which they came: ancestors first. */
	records(spaceId: SpaceId): Promise<KeyringRecord[]>;
	/** False: others were faster (`expectedCount` does not hold any more), nothing was written. */
	addRecords(
		spaceId: SpaceId,
		records: readonly StoredRecord[],
		summary: KeyringSummary,
		expectedCount: number
	): Promise<boolean>;

	/**
	 * Takes in segments with verified signatures of known devices, of any number of spaces in one transaction: all of them are
	 * durable when it resolves, and none when it rejects. Held ones change nothing (SY1). → what was refused, intake by intake.
	 */
	takeIn(intakes: readonly SpaceIntake[], nowMs: number): Promise<readonly (readonly RefusedSegment[])[]>;
	/** Of every device, without operations at 0. */
	heads(spaceId: SpaceId): Promise<Heads>;
	/** Segments holding anything beyond `heads`, by device and sequence, at most `maxBytes` (at least one). */
	segmentsBeyond(
		spaceId: SpaceId,
		heads: Heads,
		maxBytes: number
	): Promise<{ readonly segments: Segment[]; readonly more: boolean }>;

	/** One with the same hash stays as it is, its uses too. */
	createJoinPackage(joinPackage: NewJoinPackage, nowMs: number): Promise<void>;
	/** Counts one use and enrols the device, in one transaction; the same device again counts no other. */
	takeJoinPackage(
		packageHash: string,
		deviceKey: DeviceKey,
		nowMs: number
	): Promise<Result<{ readonly spaceId: SpaceId; readonly sealed: Uint8Array }, CodeError>>;

	/** In the order in which they were laid down. */
	spaceIds(): Promise<readonly SpaceId[]>;
	/** Of every device of a space, in the order in which they came. */
	overview(spaceId: SpaceId): Promise<readonly DeviceOverview[]>;
	/** Devices that are not known are passed over. */
	noteContacts(contacts: readonly Contact[]): Promise<void>;

	/** Writes a row as big as a segment: throws when the database is gone, full or read-only. */
	probe(nowMs: number): Promise<void>;
	close(): Promise<void>;
}
