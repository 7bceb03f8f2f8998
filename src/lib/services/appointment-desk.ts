/** AppointmentDesk: what screens do with appointments. Everything resolves when it is on the disk. */
import type {
	AppointmentFacts,
	AppointmentId,
	AppointmentPath,
	AppointmentView,
	BeforeStep,
	Contact,
	Moved,
	OwnFact,
	Report,
	Step
} from '$lib/domain/appointment';
import type { ImportedAppointment, ImportOptions, ImportProfile, ImportReading } from '$lib/domain/appointment-import';
import type { Intake } from '$lib/domain/appointment-intake';
import type { JsonValue } from '$lib/domain/operation';
import type { Capacity } from '$lib/domain/office-settings';
import type { Result } from '$lib/domain/result';
import type { SaveError } from './workspace';

/** A file, or what was pasted: text, and the same as HTML where the clipboard has it. */
export type ImportSource = { readonly file: File } | { readonly text: string; readonly html: string };

/** Where a long work stands; `of` is 0 while nobody knows. */
export interface ProgressOf {
	readonly done: number;
	readonly of: number;
}
export interface LongWork {
	readonly onProgress: (progress: ProgressOf) => void;
	/** „Abbrechen“: what is done stays done. */
	readonly signal: AbortSignal;
}

/** What was read, beside what is known; entry and intake stand at the same place. Nothing is written yet. */
export interface ImportPreview {
	readonly type: 'preview';
	readonly reading: Extract<ImportReading, { type: 'read' }>;
	readonly intakes: readonly Intake[];
}
export type ImportOutcome =
	| ImportPreview
	| Exclude<ImportReading, { type: 'read' }>
	| { readonly type: 'stopped' }
	/** The reader itself failed on this file. Nothing was changed. */
	| { readonly type: 'reader-failed' }
	/** It was ended, for it told nothing of itself for a minute and a half. */
	| { readonly type: 'took-too-long' };

/** What an import wrote. */
export interface ImportReport {
	readonly written: number;
	/** Entries that brought nothing new by the time they were written. */
	readonly unchanged: number;
	/** Left when it was stopped. */
	readonly left: number;
}

export interface AppointmentDesk {
	appointment(id: AppointmentId): Promise<AppointmentView | null>;
	search(text: string): Promise<readonly AppointmentId[]>;
	/** Gives back how it was before, for `undo`. */
	step(id: AppointmentId, step: Step): Promise<Result<BeforeStep, SaveError>>;
	undo(id: AppointmentId, before: BeforeStep): Promise<Result<void, SaveError>>;
	report(report: Report): Promise<Result<AppointmentId, SaveError>>;
	/** Gives a waiting number. */
	walkIn(facts: AppointmentFacts): Promise<Result<{ readonly id: AppointmentId; readonly number: string }, SaveError>>;
	amend(id: AppointmentId, facts: { readonly [F in OwnFact]?: string }): Promise<Result<void, SaveError>>;
	/** Those that are done or off already are left out; gives back what the others were before. */
	cancel(
		ids: readonly AppointmentId[],
		reason: string
	): Promise<Result<ReadonlyMap<AppointmentId, BeforeStep>, SaveError>>;
	move(id: AppointmentId, to: Moved, reason?: string): Promise<Result<BeforeStep, SaveError>>;
	/** Gives back the id of the call, by which it is taken back. */
	contact(id: AppointmentId, contact: Contact): Promise<Result<string, SaveError>>;
	retractContact(id: AppointmentId, contactId: string): Promise<Result<void, SaveError>>;
	/** The reported one disappears behind the other. */
	merge(reported: AppointmentId, into: AppointmentId): Promise<Result<void, SaveError>>;
	/** They are not the same; also undoes a merging. */
	split(reported: AppointmentId, other: AppointmentId): Promise<Result<void, SaveError>>;
	settle(id: AppointmentId, path: AppointmentPath, value: JsonValue): Promise<Result<void, SaveError>>;
	saveProfile(profile: ImportProfile): Promise<Result<void, SaveError>>;
	saveCapacity(capacity: Capacity): Promise<Result<void, SaveError>>;
	read(source: ImportSource, options: ImportOptions, work: LongWork): Promise<ImportOutcome>;
	/** Writes what the preview showed, compared once more with what is known by then. */
	takeIn(entries: readonly ImportedAppointment[], work: LongWork): Promise<Result<ImportReport, SaveError>>;
}
