/** What screens have at hand of data carriers: types only; the work is in `carriers.ts` and with the keeper. */
import type { DeviceId } from '$lib/domain/ids';
import type { Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';

/** A device whose data carrier was read here, and what it lacks of what is held here. */
export interface PeerInfo {
	readonly deviceId: DeviceId;
	/** '' while its joining is not known here. */
	readonly counter: string;
	/** Clock of that device. */
	readonly writtenAt: Instant;
	/** Operations held here that it did not hold when it wrote. */
	readonly lackingCount: number;
}

export interface CarrierProgress {
	readonly done: number;
	readonly total: number;
}

/** `name` is the browser's word for it, as in `CopyFault`. */
export interface CarrierFault {
	readonly type: 'not-written';
	readonly name: string;
}

export interface WriteInput {
	/** For whom: what that device lacks. Null: everything. */
	readonly reader: DeviceId | null;
	/** Bytes a part holds at most; null: one file. */
	readonly partBytes: number | null;
	/** Into a folder or file that a person chooses, or as downloads. Asks, so it must be called from the press of a button. */
	readonly into: 'chosen' | 'download';
	readonly signal: AbortSignal;
	/** In operations. */
	onProgress(progress: CarrierProgress): void;
}

export interface WriteReport {
	readonly files: readonly string[];
	readonly bytes: number;
	readonly operations: number;
	/** A person said stop, or chose no place: files that were finished are whole, each by itself. */
	readonly stopped: boolean;
}

/** What came of reading data carriers. Counts of operations, unless said otherwise. */
export interface ReadReport {
	readonly added: number;
	readonly known: number;
	/** Requests and appointments that were not here before, by the counter that took them. */
	readonly requests: readonly { readonly counter: string; readonly count: number }[];
	readonly appointments: number;
	/** Keyring records that were not here before. */
	readonly records: number;
	/** Devices that wrote them, this one left out. */
	readonly writers: readonly { readonly counter: string }[];
	/** Written by this device itself. */
	readonly isOwn: boolean;
	/** A device wrote some of it that is not known to be of this space, or is blocked: what it says it holds counts for nothing. */
	readonly isUnknownWriter: boolean;
	/** Of a second history: kept apart (SY1). */
	readonly apart: number;
	/** Not to be compared yet; nobody claims to hold it, so it comes again. */
	readonly waiting: number;
	/** Segments of devices whose key is not here, with a wrong signature, or unreadable. */
	readonly refused: number;
	/** Places of the files that could not be read. */
	readonly damaged: number;
	/** Places that are not as their writer signed them. */
	readonly forged: number;
	/** Names of files that: are no bundles; are of a newer version; are of another space; end before their end; could not be read at all. */
	readonly foreign: readonly string[];
	readonly newer: readonly string[];
	readonly otherSpace: readonly string[];
	readonly cutOff: readonly string[];
	readonly unreadable: readonly string[];
	/** Names of files that were read already, in this reading. */
	readonly doubled: readonly string[];
	/** Numbers of parts that are lacking between those that were read. */
	readonly missingParts: readonly number[];
	/** The last part is not among them, so it is not known how many there are. */
	readonly lacksLast: boolean;
	/** A person said stop: what was read until then is kept. */
	readonly stopped: boolean;
	/** The disk refused: what was read until then is kept. */
	readonly fault: CarrierFault | null;
}

export interface ReadInput {
	readonly files: readonly File[];
	readonly signal: AbortSignal;
	/** In bytes. */
	onProgress(progress: CarrierProgress): void;
}

export interface CarrierDesk {
	/** Whether this browser lets a person choose where to write; else there is only the download. */
	readonly canChoose: boolean;
	peers(): Promise<readonly PeerInfo[]>;
	/** What that device said counts no more. */
	forget(deviceId: DeviceId): Promise<void>;
	write(input: WriteInput): Promise<Result<WriteReport, CarrierFault>>;
	read(input: ReadInput): Promise<ReadReport>;
}
