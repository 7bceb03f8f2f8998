/** What an import file says of appointments, whatever its format: the one shape that every reader gives and the counter compares with. */
import type { Instant, LocalDate } from './time';

/** Wall clock of the town hall (Europe/Berlin), `09:30`. */
export type LocalTime = string & { readonly [brand]: 'LocalTime' };
declare const brand: unique symbol;

/** Texts are as the file has them, trimmed, '' where it has none; each at most MAX_FACT_LENGTH characters. */
export interface AppointmentFacts {
	readonly date: LocalDate;
	/** Null: all day, or a day without a time; never 00:00 instead. */
	readonly time: LocalTime | null;
	/** Length in minutes; null: the file does not tell. */
	readonly minutes: number | null;
	readonly name: string;
	readonly phone: string;
	readonly email: string;
	/** Dienstleistung: what the citizen comes for. */
	readonly service: string;
	readonly note: string;
	/** Number in the booking system (ZMS „Nr.“), as shown to the citizen. */
	readonly number: string;
	/** Standort, room or calendar. */
	readonly place: string;
	readonly cancelled: boolean;
}

/** Longer texts are cut by the readers, and told as a note: an appointment is no letter. */
export const MAX_FACT_LENGTH = 2_000;

/** One appointment in a file. */
export interface ImportedAppointment {
	/**
	 * Names the appointment in this and every later export: `uid:<UID>` (with `#<recurrence id>` for one of a series, local start in
	 * `yyyymmddThhmm`), `zms:<scope>:<date>:<process number>`, or, where there is no id, `row:<fingerprint>` (see `fingerprintOf`).
	 */
	readonly key: string;
	/** iCalendar SEQUENCE; 0 where there is none. */
	readonly sequence: number;
	/** When the booking system changed it last, as far as the file tells. */
	readonly changedAt: Instant | null;
	readonly facts: AppointmentFacts;
	/** Where it stands in the file: row or event, from 1. */
	readonly at: number;
}

/** An entry that could not be read, or only in part; the others were. */
export interface ImportProblem {
	/** Row of the table (the header is row 1), or number of the event; null: the file as a whole. */
	readonly at: number | null;
	readonly reason: ImportProblemReason;
	/** The cell or line in question, cut to 80 characters; shown as text. */
	readonly excerpt: string;
}

/** Each is a sentence in `ui/text/`. The second line are notes: the entry was taken all the same. */
export type ImportProblemReason =
	| 'no-date'
	| 'date-unreadable'
	| 'time-unreadable'
	| 'broken-event'
	| 'broken-row'
	| 'no-content'
	| 'rule-unreadable'
	| 'zone-unknown'
	| 'superseded'
	| 'text-cut'
	| 'series-cut'
	| 'not-in-window'
	| 'columns-missing'
	| 'columns-extra'
	| 'end-before-start';

export type ImportFormat = 'ics' | 'table' | 'xlsx' | 'zms-json';

/** Column numbers from 0; null or left out: there is none. `name` may be put together of several. */
export interface ColumnMapping {
	readonly date: number | null;
	/** May be the column of the date, where that holds both. */
	readonly time?: number | null;
	readonly endDate?: number | null;
	readonly endTime?: number | null;
	readonly minutes?: number | null;
	readonly name: readonly number[];
	readonly phone?: number | null;
	readonly email?: number | null;
	readonly service?: number | null;
	readonly note?: readonly number[];
	readonly number?: number | null;
	readonly place?: number | null;
	readonly uid?: number | null;
	readonly status?: number | null;
}

/** A mapping that somebody gave, kept under the header it is for. */
export interface ImportProfile {
	/** `headerKeyOf(header)`: the header's cells in search form, joined. */
	readonly header: string;
	readonly name: string;
	readonly mapping: ColumnMapping;
}

export interface ImportOptions {
	/** For years of two digits and for a table of times without a date. */
	readonly today: LocalDate;
	/** Series are expanded, and single entries taken, from this day to that one, both included. */
	readonly from: LocalDate;
	readonly to: LocalDate;
	readonly profiles: readonly ImportProfile[];
	/** Given by a person for this file, before any profile. */
	readonly mapping?: ColumnMapping;
	/** Name of the sheet to be read; the first visible one otherwise. */
	readonly sheet?: string;
	/** A table that has times only: the day it is for (file name, title row, or asked for). */
	readonly date?: LocalDate;
}

export type ImportReading =
	| {
			readonly type: 'read';
			readonly format: ImportFormat;
			/** Who seems to have made it: `outlook-de`, `outlook-en`, `zms-day`, `zms-json`, `ics`, or a profile's name. */
			readonly source: string;
			readonly entries: readonly ImportedAppointment[];
			/** Entries that are lost. */
			readonly problems: readonly ImportProblem[];
			/** Entries that were taken, with something to be said. */
			readonly notes: readonly ImportProblem[];
	  }
	| {
			/** A table whose columns nobody has named yet. */
			readonly type: 'needs-mapping';
			readonly format: ImportFormat;
			readonly header: readonly string[];
			/** The first rows, for a preview. */
			readonly sample: readonly (readonly string[])[];
			readonly rowCount: number;
			readonly suggestion: ColumnMapping;
			/** Visible sheets of a workbook, the one read first. */
			readonly sheets: readonly string[];
	  }
	| {
			/** Only times, no dates: which day is it for? */
			readonly type: 'needs-date';
			readonly format: ImportFormat;
			readonly sample: readonly (readonly string[])[];
	  }
	| { readonly type: 'unreadable'; readonly reason: UnreadableReason };

export type UnreadableReason =
	| 'empty'
	| 'too-large'
	| 'too-many-rows'
	| 'unpacks-too-large'
	| 'encrypted'
	| 'old-excel'
	| 'pdf'
	| 'damaged'
	| 'no-table'
	| 'no-events'
	| 'not-known';

export const MAX_IMPORT_BYTES = 64 * 1024 * 1024;
export const MAX_IMPORT_ENTRIES = 50_000;
