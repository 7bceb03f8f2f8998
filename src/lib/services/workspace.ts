/** Workspace and Session: all that screens have at hand. Screens import these types and functions, never the floors below. */
import type { AppointmentId, AppointmentRow } from '$lib/domain/appointment';
import type { Answers } from '$lib/domain/forms/form';
import type { DeviceId, OperationName, RequestId, StaffId } from '$lib/domain/ids';
import type { OfficeSettings } from '$lib/domain/office-settings';
import type { JsonValue } from '$lib/domain/operation';
import type { SetAsideReason } from '$lib/domain/operation-log';
import type { EarlierReceipt, FieldPath, PaperStatus, RequestRow, RequestView, Urgency } from '$lib/domain/request';
import type { Result } from '$lib/domain/result';
import type { Stamp } from '$lib/domain/stamp';
import type { Instant } from '$lib/domain/time';
import type { Role, StaffMember, Workplace } from '$lib/domain/workplace';
import type { AppointmentDesk } from './appointment-desk';
import type { CarrierDesk } from './carrier-desk';

export type Unsubscribe = () => void;

/** Why something was not saved. Nothing of it is on the disk; the draft still is. */
export type SaveError =
	| { readonly type: 'not-written'; readonly name: string }
	| { readonly type: 'too-large'; readonly bytes: number }
	| { readonly type: 'locked' }
	| { readonly type: 'not-allowed' }
	| { readonly type: 'refused'; readonly rule: string };

/* ── Session ─────────────────────────────────────────────────────────────── */

export interface LockScreenInfo {
	readonly staff: readonly Pick<StaffMember, 'id' | 'name'>[];
	readonly lastStaffId: StaffId | null;
	readonly workplace: Workplace;
	/** Operations saved here, and those on no server yet. */
	readonly savedCount: number;
	readonly unsentCount: number;
	/** When this device last took in or made a keyring record (device clock). */
	readonly staffListAsOf: Instant;
	/** Slower after each failure, never for good: no attempt before this time. */
	readonly waitUntil: Instant | null;
	/** What comparing both copies brought to light at this start; null when there is nothing to tell. */
	readonly copies: CopiesNews | null;
}

/** What happened to one of the two copies on this device, and what was done about it. Numbers of operations. */
export interface CopiesNews {
	/** The database knew of no device: all of it came back from the second copy. */
	readonly rebuilt: boolean;
	readonly restoredOperations: number;
	readonly restoredDrafts: number;
	/** Not taken back, since the signature does not fit. */
	readonly refusedOperations: number;
	/** Once saved on this device, and in neither copy any more. */
	readonly lostOperations: number;
	/** Stretches of the second copy that could not be read. */
	readonly unreadablePlaces: number;
	/** Why there is one copy only; null: there are two. */
	readonly withoutSecond: 'cannot-read' | 'newer-version' | 'cannot-write' | null;
}

export type SessionState =
	| { readonly type: 'starting' }
	| { readonly type: 'not-set-up' }
	/** Something is here, but the database is not what it was (LG3). `detail` is a machine word. */
	| {
			readonly type: 'damaged';
			readonly detail: string;
			/** At least so many operations that were saved here are in neither copy. */
			readonly missing?: number;
	  }
	/** The database is completed from the second copy; operations, and how many there are. */
	| { readonly type: 'rebuilding'; readonly done: number; readonly total: number }
	| { readonly type: 'locked'; readonly info: LockScreenInfo }
	/** Closed here: it goes on under another address, for which its copy is taken along. */
	| {
			readonly type: 'moved';
			readonly to: string;
			readonly workplace: Workplace;
			/** All of it, sealed, as one file. */
			copy(): Promise<{ readonly name: string; readonly content: Blob }>;
	  }
	/** PIN cover: page unmounted, keys still in memory. */
	| { readonly type: 'covered'; readonly staffName: string; readonly triesLeft: number }
	| { readonly type: 'unlocking'; readonly step: 'password' | 'opening'; readonly done: number; readonly total: number }
	/** A clone of a template, unlocked for the first time: what is the counter called at which it stands? */
	| { readonly type: 'naming-counter'; readonly workplace: Workplace; name(counter: string): void }
	| { readonly type: 'unlocked'; readonly workspace: Workspace };

export type UnlockError =
	| { readonly type: 'wrong-password'; readonly waitMs: number }
	| { readonly type: 'wait'; readonly waitMs: number }
	| { readonly type: 'wrong-recovery-key' }
	/** A slip of the hand in the recovery key, told by its check characters: no attempt, so no pause. */
	| { readonly type: 'malformed-code' }
	| { readonly type: 'unsafe-parameters' }
	| { readonly type: 'data-key-not-vouched-for' }
	| { readonly type: 'damaged'; readonly detail: string };

export interface Session {
	readonly state: SessionState;
	subscribe(listener: () => void): Unsubscribe;
	unlock(staffId: StaffId, password: string): Promise<Result<void, UnlockError>>;
	/** The Notfallblatt opens, and sets a new password for this person, who is then unlocked. */
	unlockWithRecoveryKey(
		code: string,
		staffId: StaffId,
		newPassword: string
	): Promise<Result<void, UnlockError | SaveError>>;
	/** Six digits, for this session only, in memory. */
	setPin(pin: string): void;
	readonly hasPin: boolean;
	/** Five wrong ones lock in full. */
	openCover(pin: string): boolean;
	/** „Abmelden“ / „Sperren“: keys and state are forgotten in all windows. With a PIN set, `cover` covers instead. */
	lock(): Promise<void>;
	cover(): void;
	/** Any input of a person; pushes the deadlines of cover and lock back. */
	touch(): void;
	/**
	 * Where operations are missing: what is still here stays, and whoever unlocks next writes under a new identity, so that no
	 * number that was used up is told twice (SY15). What is missing comes back from whoever else holds it.
	 */
	goOnAnew(): Promise<void>;
	/** A device that was to move stays here after all: it can be unlocked again. */
	stayHere(): Promise<Result<void, SaveError>>;
}

/* ── Setting up ──────────────────────────────────────────────────────────── */

export interface FoundSpaceInput {
	readonly commune: string;
	readonly ags: string | null;
	readonly placeCode: string;
	readonly site: string;
	readonly counter: string;
	readonly staffName: string;
	readonly password: string;
	/** null: „Ohne Server fortfahren“. */
	readonly server: { readonly origin: string; readonly code: string } | null;
}
export type ServerError =
	| { readonly type: 'unreachable' }
	/** An answer, but not of a Notschalter server (captive portal, wrong address). */
	| { readonly type: 'not-our-server' }
	| { readonly type: 'wrong-code' }
	| { readonly type: 'code-used' }
	| { readonly type: 'code-expired' }
	| { readonly type: 'device-revoked' }
	| { readonly type: 'unknown-device' }
	| { readonly type: 'other-space' }
	/** It claims to hold another history of this device, and does not show it: nothing counts as transferred there. */
	| { readonly type: 'identity-in-doubt' }
	| { readonly type: 'clock-too-far-off'; readonly offsetMs: number }
	| { readonly type: 'too-many-attempts'; readonly retryAfterMs: number }
	/** Overloaded, ending, or our message was too slow: it is asked again by itself after this time. */
	| { readonly type: 'server-busy'; readonly retryAfterMs: number }
	/** Its disk is full or refuses: nothing of what was sent is there. */
	| { readonly type: 'server-cannot-store'; readonly retryAfterMs: number }
	/** Not even a single segment goes through: some limit on the way is below ours. */
	| { readonly type: 'message-too-large' }
	| { readonly type: 'server-fault'; readonly status: number; readonly title: string }
	/** Something failed on this device itself: its disk, or a bug. What was saved is safe. */
	| { readonly type: 'device-fault' };
export type SetupError =
	| ServerError
	| SaveError
	| { readonly type: 'malformed-code' }
	| { readonly type: 'not-a-join-file' }
	| { readonly type: 'newer-join-file' }
	/** The code opens another Aufnahmedatei. */
	| { readonly type: 'code-of-other-file' }
	/** By the two clocks, which nobody has compared: a person may know better. */
	| { readonly type: 'join-file-expired'; readonly madeAt: Instant; readonly now: Instant }
	/** No space of this sheet on this server, or the sheet was replaced. */
	| { readonly type: 'sheet-not-known' };

/** What is printed once, and never kept. */
export interface EmergencySheet {
	readonly commune: string;
	/** Grouped Crockford base32 with check characters, e.g. `7KXM4-…`; the last group is typed in to confirm. */
	readonly groups: readonly string[];
	/** Space id and space secret, twelve groups more: for a device that has nothing any more. */
	readonly spaceGroups: readonly string[];
	/** Text of the QR code: same content. */
	readonly qrText: string;
	readonly spaceId: string;
	readonly createdAt: Instant;
}

/** Steps of founding: keys are made (`prepare`), the sheet is confirmed, only then is anything written (`complete`). */
export interface FoundingDraft {
	readonly sheet: EmergencySheet;
	/** Writes everything and unlocks; server unreachable or code wrong: still written, and said. */
	complete(): Promise<Result<{ readonly server: ServerError | null }, SetupError>>;
}
/** An Aufnahmedatei with its code, in place of a server. */
export interface JoiningByFile {
	readonly file: Uint8Array;
	readonly code: string;
	/** False: somebody has said that the file was made just now, whatever the clocks say (decision 39). */
	readonly goesByClock: boolean;
}
/** A taken join code: whose space it is, who may unlock here. */
export interface JoiningDraft {
	readonly commune: string;
	readonly placeCode: string;
	readonly staff: readonly Pick<StaffMember, 'id' | 'name'>[];
	/** Technical members (Einlesedienst), which no screen offers. */
	readonly feeds: readonly Pick<StaffMember, 'id' | 'name'>[];
	complete(input: {
		readonly site: string;
		readonly counter: string;
		readonly staffId: StaffId;
		readonly password: string;
	}): Promise<Result<void, UnlockError | SetupError>>;
}

/** A Notfallblatt that let this device in: whose space it is, and who gets a new password. */
export interface RestoringDraft {
	readonly commune: string;
	/** '' where the commune does not tell it: it has to be asked for. */
	readonly placeCode: string;
	readonly staff: readonly Pick<StaffMember, 'id' | 'name'>[];
	complete(input: {
		readonly site: string;
		readonly counter: string;
		readonly placeCode: string;
		readonly staffId: StaffId;
		readonly newPassword: string;
	}): Promise<Result<void, UnlockError | SetupError>>;
}

export type CopyError =
	| { readonly type: 'not-a-copy' }
	| { readonly type: 'newer-copy' }
	/** Neither of the places is left that say whose copy it is. */
	| { readonly type: 'copy-too-damaged' }
	| { readonly type: 'different-spaces' };

/** By the password of that time, or by the Notfallblatt (its six groups, or all of it) and a new password. */
export type CopyUnlock = { readonly password: string } | { readonly sheet: string; readonly newPassword: string };

/** What came out of a copy, and what did not. */
export interface CopyReport {
	readonly devices: number;
	/** Operations and drafts on this device now. */
	readonly operations: number;
	readonly drafts: number;
	/** Places of the files that could not be read. */
	readonly damagedPlaces: number;
	/** Segments whose signature is wrong, or that contradict what is here. */
	readonly refused: number;
	/** Operations, saved last, that do not follow from what could be read. */
	readonly left: number;
	/** Numbers that are lacking between those that came (SY12). */
	readonly missing: number;
}

/** A copy that was read: whose space it is, where the lost device stood, and who may open it. */
export interface CopyDraft {
	readonly commune: string;
	readonly placeCode: string;
	readonly site: string;
	readonly counter: string;
	readonly staff: readonly Pick<StaffMember, 'id' | 'name'>[];
	complete(input: {
		readonly site: string;
		readonly counter: string;
		readonly placeCode: string;
		readonly staffId: StaffId;
		readonly unlock: CopyUnlock;
	}): Promise<Result<CopyReport, UnlockError | SetupError>>;
}

/** Ways back for a device that has nothing any more (DESIGN § 3.5). */
export interface Restoring {
	/** Files of one space, from a folder, a stick or a download; nothing is written yet. */
	prepareFromCopy(files: readonly Uint8Array[]): Promise<Result<CopyDraft, CopyError>>;
	/** By the whole Notfallblatt, typed or scanned, from a server that the space is laid onto. */
	prepareRestoring(origin: string, sheet: string): Promise<Result<RestoringDraft, SetupError>>;
}

export interface DeviceSetup extends Restoring {
	/** Keys for a new space; Argon2id takes about a second. */
	prepareFounding(input: FoundSpaceInput): Promise<Result<FoundingDraft, SetupError>>;
	/** Takes the join package from the server; a code counts once. */
	prepareJoining(origin: string, code: string): Promise<Result<JoiningDraft, SetupError>>;
	/** The same from a stick, without a server. */
	prepareJoiningByFile(input: JoiningByFile): Promise<Result<JoiningDraft, SetupError>>;
	/** Restart test (DESIGN § 3.5): true when a marker of an earlier page life of this profile is found beside intact data. */
	restartTest(): Promise<'not-begun' | 'waiting-for-restart' | 'passed' | 'failed'>;
	beginRestartTest(): Promise<void>;
}

/* ── Workspace ───────────────────────────────────────────────────────────── */

export interface TakeRequestInput {
	/** Drawn when the draft began: saving twice is an amendment, not a second case. */
	readonly requestId: RequestId;
	readonly draftId: string | null;
	readonly formId: string;
	readonly formVersion: number;
	readonly answers: Answers;
	readonly papers: { readonly [paperId: string]: PaperStatus };
	readonly note: string;
	readonly urgency: Urgency;
	readonly urgencyReason: string;
	readonly received: EarlierReceipt | null;
	/** Ids of required fields and papers lacking; non-empty = „unvollständig“. */
	readonly missing: readonly string[];
	/** Bulk: the answers of each further vehicle, laid over `answers`; the first vehicle too. Empty: one request. */
	readonly vehicles: readonly { readonly rowId: RequestId; readonly answers: Answers }[];
	/** The appointment it is taken for, which then shows its number. */
	readonly appointmentId?: AppointmentId | null;
}

export interface Draft {
	readonly id: string;
	readonly requestId: RequestId;
	readonly formId: string;
	readonly ownerId: StaffId;
	readonly ownerName: string;
	readonly changedAt: Instant;
	/** The form as it stands; whatever the screen wants to have back. */
	readonly content: JsonValue;
}

export interface ExchangeStatus {
	readonly origin: string;
	readonly running: boolean;
	/** Somebody said so: nothing is exchanged by itself until it goes on. */
	readonly paused: boolean;
	/** Progress of the running exchange, operations. */
	readonly progress: { readonly sent: number; readonly toSend: number; readonly received: number } | null;
	readonly reachable: boolean | null;
	readonly reachableSince: Instant | null;
	readonly lastSuccessAt: Instant | null;
	readonly lastError: ServerError | null;
	/** A server that asked for a pause is not asked by itself before. */
	readonly retryAt: Instant | null;
	/** Operations held here that this server does not hold. */
	readonly unsentCount: number;
	/** Last ten exchanges. */
	readonly log: readonly {
		readonly at: Instant;
		readonly sent: number;
		readonly received: number;
		readonly refused: number;
		readonly error: ServerError | null;
	}[];
}

export interface DeviceInfo {
	readonly deviceId: DeviceId;
	readonly counter: string;
	readonly site: string;
	readonly deviceCode: string;
	readonly joinedAt: Stamp | null;
	readonly own: boolean;
	/** An identity that this device has given up (SY15). */
	readonly former: boolean;
	/** Another device in use has the same name, at the same place: perhaps one is a copy of the other. */
	readonly sharesName: boolean;
	readonly revoked: boolean;
	/** Highest gap-free number here; missing ranges behind it (SY12). */
	readonly sequence: number;
	readonly gaps: readonly (readonly [from: number, to: number])[];
	readonly lastSeenAt: Instant | null;
}

export interface Health {
	/** `saving` until both are done; `saved` with the number of copies. */
	readonly save: 'saved' | 'saving' | 'failed';
	readonly copies: number;
	readonly unsentCount: number;
	/** Of those, operations of devices of which nothing opened here yet: from here they go to no server (decision 44). */
	readonly heldBackCount: number;
	/** Operations on a subject not opened yet, of unknown type or version, and segments kept apart. */
	readonly waitingCount: number;
	readonly unknownCount: number;
	readonly setAside: readonly {
		readonly deviceId: DeviceId;
		readonly firstSequence: number;
		readonly reason: SetAsideReason;
	}[];
	/** navigator.storage.persisted(), null = not known yet; usage and quota in bytes. */
	readonly persisted: boolean | null;
	readonly usageBytes: number | null;
	readonly quotaBytes: number | null;
	/** Operation stamps that lie far from this device's clock (SY8). */
	readonly clockWarnings: number;
}

/** What changes under a screen; read with `current`, told by `subscribe`. Plain frozen values, replaced as a whole. */
export interface LiveView {
	/** Newest first (by receivedAt). */
	readonly rows: readonly RequestRow[];
	/** By day and time; people without an appointment too. */
	readonly appointments: readonly AppointmentRow[];
	readonly settings: OfficeSettings;
	/** False while search and older rows still load behind the list head. */
	readonly complete: boolean;
	readonly drafts: readonly Draft[];
	readonly exchanges: readonly ExchangeStatus[];
	readonly health: Health;
	readonly staff: readonly StaffMember[];
	readonly devices: readonly DeviceInfo[];
	/** Identities this device has given up, newest first (SY15). */
	readonly formerIdentities: readonly FormerIdentityInfo[];
}

export interface FormerIdentityInfo {
	readonly deviceId: DeviceId;
	readonly counter: string;
	readonly deviceCode: string;
	readonly endedAt: Instant;
	readonly reason: 'copied' | 'template' | 'restored';
	/** Operations recorded again under the next one. */
	readonly recordedAgain: number;
	/** Somebody here has read the notice. */
	readonly isNoticed: boolean;
}

export interface TimelineEntry {
	readonly name: OperationName;
	readonly type: string;
	readonly staffName: string;
	readonly counter: string;
	readonly at: Stamp;
	readonly changes: readonly { readonly path: FieldPath; readonly before: JsonValue; readonly after: JsonValue }[];
	readonly reason: string | null;
	/** Recorded again under a new identity (SY15); `signedBy`: who signed for it, where that is not who wrote it. */
	readonly again: { readonly signedBy: string | null } | null;
}

/** A field's new value together with the values it was seen to replace; made by `changeOf(view, path, value)` in domain/request. */
export interface PendingChange {
	readonly path: FieldPath;
	readonly value: JsonValue;
	readonly replaces: readonly OperationName[];
}

/** Why the further copy was not written; `name` is the browser's word for it. The copies on this device are not touched by it. */
export interface CopyFault {
	readonly type: 'not-copied';
	readonly name: string;
}

export interface FolderCopyState {
	/** Name of the chosen folder; null: none. */
	readonly folder: string | null;
	/** After a restart the browser wants a person to allow it again. */
	readonly access: 'granted' | 'ask';
	readonly writing: boolean;
	/** Nothing was saved since the last writing began. */
	readonly upToDate: boolean;
	readonly writtenAt: Instant | null;
	readonly sizeBytes: number;
	/** The last attempt, when it failed. */
	readonly failure: (CopyFault & { readonly at: Instant }) | null;
}

/** A further copy outside of this browser: sealed like everything here, to be kept as carefully as a notebook. */
export interface FolderCopy {
	readonly state: FolderCopyState;
	subscribe(listener: () => void): Unsubscribe;
	/** Whether this browser can write into a folder at all; else there is only the download. */
	readonly canChoose: boolean;
	/** These two ask a person, and so must be called from the press of a button. */
	choose(): Promise<Result<void, CopyFault>>;
	allow(): Promise<Result<void, CopyFault>>;
	writeNow(): Promise<Result<void, CopyFault>>;
	/** Files that were written stay where they are. */
	forget(): Promise<void>;
	download(): Promise<{ readonly name: string; readonly content: Blob }>;
}

export interface JoinFileMade {
	readonly code: string;
	readonly name: string;
	readonly content: Blob;
	readonly expiresAt: Instant;
}

export interface Workspace {
	readonly appointments: AppointmentDesk;
	readonly folderCopy: FolderCopy;
	readonly me: StaffMember;
	readonly workplace: Workplace;
	readonly view: LiveView;
	subscribe(listener: () => void): Unsubscribe;

	/** Resolves when it is on the disk. Returns the requests made (several for bulk), or amended when the id exists already. */
	takeRequest(input: TakeRequestInput): Promise<Result<{ readonly requests: readonly RequestView[] }, SaveError>>;
	request(id: RequestId): Promise<RequestView | null>;
	/** All requests of a batch, in order. */
	batch(batchId: RequestId): Promise<readonly RequestView[]>;
	timeline(id: RequestId): Promise<readonly TimelineEntry[]>;
	/** Ids, best first; a complete case number gives exactly that one. */
	search(text: string): Promise<readonly RequestId[]>;
	amend(id: RequestId, changes: readonly PendingChange[], reason?: string): Promise<Result<RequestView, SaveError>>;
	addNote(id: RequestId, text: string): Promise<Result<RequestView, SaveError>>;
	markPapers(id: RequestId, changes: readonly PendingChange[]): Promise<Result<RequestView, SaveError>>;
	withdraw(id: RequestId, reason: string): Promise<Result<RequestView, SaveError>>;
	/** Of two values, the one that stays. */
	settle(id: RequestId, path: FieldPath, value: JsonValue): Promise<Result<RequestView, SaveError>>;
	/** „Beleg in Ordnung? Ja“. */
	confirmReceipt(id: RequestId, medium: 'a4' | 'roll' | 'handwritten'): Promise<Result<RequestView, SaveError>>;
	tickReentry(id: RequestId, fieldId: string, copied: boolean): Promise<Result<RequestView, SaveError>>;
	completeReentry(id: RequestId, reference: string): Promise<Result<RequestView, SaveError>>;
	/** Undo of completeReentry, and answer to a query: status back to `open`. */
	reopen(id: RequestId, reason: string): Promise<Result<RequestView, SaveError>>;
	returnToCounter(id: RequestId, question: string): Promise<Result<RequestView, SaveError>>;

	newRequestId(): RequestId;
	/** Sealed; told as saved only when it is on the disk. */
	saveDraft(draft: Pick<Draft, 'id' | 'requestId' | 'formId' | 'content'>): Promise<Result<void, SaveError>>;
	discardDraft(id: string): Promise<void>;

	/** All servers, or one. Resolves when done; progress is in the view. */
	exchangeNow(origin?: string): Promise<void>;
	/** „Datenträger schreiben“, „Datenträger einlesen“: loaded when somebody wants it. */
	openCarriers(): Promise<CarrierDesk>;
	/** Lays the space onto a server, by a Betriebscode; without one (`''`) only where it lies already. The other counters are told of it. */
	addServer(origin: string, code: string): Promise<Result<void, ServerError | SaveError>>;
	pauseServer(origin: string, paused: boolean): Promise<Result<void, SaveError>>;
	/** After an error it may be gone here while the other counters are not told yet; asking again goes on from there. */
	removeServer(origin: string): Promise<Result<void, SaveError>>;

	/** Acts that pass a key on ask for the acting person's password again. */
	addStaff(input: {
		readonly name: string;
		readonly role: Role;
		readonly firstPassword: string;
		readonly ownPassword: string;
	}): Promise<Result<void, UnlockError | SaveError>>;
	changeOwnPassword(oldPassword: string, newPassword: string): Promise<Result<void, UnlockError | SaveError>>;
	resetPassword(
		staffId: StaffId,
		firstPassword: string,
		ownPassword: string
	): Promise<Result<void, UnlockError | SaveError>>;
	changeRole(staffId: StaffId, role: Role): Promise<Result<void, SaveError>>;
	removeStaff(
		staffId: StaffId,
		rotate: { readonly ownPassword: string } | null
	): Promise<Result<void, UnlockError | SaveError>>;
	/** „Gerät aufnehmen“: a code for `uses` devices, good for `validMs`. */
	createJoinCode(input: {
		readonly origin: string;
		readonly ownPassword: string;
		readonly uses: number;
		readonly validMs: number;
	}): Promise<
		Result<
			{ readonly code: string; readonly qrText: string; readonly expiresAt: Instant },
			UnlockError | ServerError | SaveError
		>
	>;
	/** The same without a server: what a server would keep is in the file, the code opens it. */
	createJoinFile(ownPassword: string): Promise<Result<JoinFileMade, UnlockError | SaveError>>;
	/** „Schlüssel wechseln?“ default yes: needs the password. */
	revokeDevice(
		deviceId: DeviceId,
		rotate: { readonly ownPassword: string } | null
	): Promise<Result<void, UnlockError | SaveError>>;
	/** „Verstanden“: the notice of a new identity was read. */
	noticeNewIdentity(): Promise<void>;
	/** „Als Vorlage zum Klonen abschließen“: takes the identity off and locks; the next to unlock, here or on a clone, makes a new one. */
	closeAsTemplate(ownPassword: string): Promise<Result<void, UnlockError | SaveError>>;
	/** Closes this device here, to go on at another address with its copy; asks for the own password. */
	moveTo(origin: string, ownPassword: string): Promise<Result<void, UnlockError | ServerError | SaveError>>;
	renewEmergencySheet(ownPassword: string): Promise<Result<EmergencySheet, UnlockError | SaveError>>;

	/** All open requests in full, for print or CSV; asks for the password again and is noted in the log before anything is handed out. */
	exportOpenRequests(input: {
		readonly medium: 'csv' | 'print';
		readonly ownPassword: string;
	}): Promise<Result<readonly RequestView[], UnlockError | SaveError>>;
	/** Appointments for letters and mails that are sent from elsewhere; asks and notes like `exportOpenRequests`. */
	exportAppointments(input: {
		readonly ids: readonly AppointmentId[];
		readonly ownPassword: string;
	}): Promise<Result<readonly AppointmentRow[], UnlockError | SaveError>>;
}
