/** Appointment (Termin) as folded: its fields, and how their values are read. A walk-in with a waiting number is one too. */
import type { AppointmentFacts, LocalTime } from './appointment-import';
import type { DeviceId, RequestId, StaffId, SubjectId } from './ids';
import type { JsonValue } from './operation';
import { currentText, currentValue, distinctValues, oneOf } from './request-view';
import type { FieldPath, Fields, HistoryEntry, WithFields } from './request-view';
import type { Instant, LocalDate } from './time';

/** Drawn for a report or walk-in; made of the booking system's own id for one that was read in, so that every counter makes the same. */
export type AppointmentId = SubjectId;

/** gebucht · erschienen · aufgerufen · in Bearbeitung · kommt wieder · fertig · nicht erschienen · abgesagt */
export const STATUSES = [
	'confirmed',
	'queued',
	'called',
	'processing',
	'pending',
	'finished',
	'missed',
	'cancelled'
] as const;
export type AppointmentStatus = (typeof STATUSES)[number];

/** Where somebody heard of an appointment that no file tells of. */
export const REPORT_SOURCES = ['mail', 'letter', 'memory', 'phone'] as const;
export type ReportSource = (typeof REPORT_SOURCES)[number];
export const CONTACT_RESULTS = ['reached', 'not-reached', 'new-appointment'] as const;
export type ContactResult = (typeof CONTACT_RESULTS)[number];

/**
 * Field paths of an appointment. Values are JSON.
 * `import` ImportRecord: what the booking system says; only imports write it, so that they never touch what a counter did
 * `report` Report · `walkIn` WalkIn · `status` AppointmentStatus · `claim` Claim or null: who called this person
 * `arrived` Instant · `moved` Moved · `own/<fact>` string: corrected at a counter · `cancelReason` string · `contacts/<id>` Contact, or null: taken back
 * `requests/<requestId>` true · `mergedInto` AppointmentId or null · `notSame/<appointmentId>` true
 */
export type AppointmentPath = FieldPath;

export type ImportRecord = AppointmentFacts & {
	readonly key: string;
	readonly sequence: number;
	readonly changedAt: Instant | null;
};
export type Report = AppointmentFacts & { readonly source: ReportSource };
export type WalkIn = AppointmentFacts;
export interface Claim {
	readonly deviceId: DeviceId;
	readonly staffId: StaffId;
}
export interface Moved {
	readonly date: LocalDate;
	readonly time: LocalTime | null;
	readonly minutes: number | null;
}
export interface Contact {
	readonly result: ContactResult;
	readonly note: string;
}
/** What may be corrected at a counter. */
export const OWN_FACTS = ['name', 'phone', 'email', 'service', 'note'] as const;
export type OwnFact = (typeof OWN_FACTS)[number];

export interface AppointmentView {
	readonly id: AppointmentId;
	readonly fields: Fields;
	/** Ascending by stamp. */
	readonly history: readonly HistoryEntry[];
	readonly unknownOperations: number;
}

export const ownPath = (fact: OwnFact): AppointmentPath => `own/${fact}`;
export const contactPath = (id: string): AppointmentPath => `contacts/${id}`;
export const requestPath = (id: RequestId): AppointmentPath => `requests/${id}`;
export const notSamePath = (id: AppointmentId): AppointmentPath => `notSame/${id}`;

const NO_FACTS: AppointmentFacts = {
	date: '1970-01-01' as LocalDate,
	time: null,
	minutes: null,
	name: '',
	phone: '',
	email: '',
	service: '',
	note: '',
	number: '',
	place: '',
	cancelled: false
};

const isRecord = (value: unknown): value is { readonly [key: string]: JsonValue } =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
export const isLocalTime = (value: unknown): value is LocalTime => typeof value === 'string' && TIME.test(value);
export const isLocalDate = (value: unknown): value is LocalDate =>
	typeof value === 'string' && DATE.test(value) && new Date(`${value}T00:00Z`).getUTCDate() === Number(value.slice(8));

/** Facts as they were written, whatever version wrote them; what is not of its kind is left out. */
function factsOf(value: JsonValue | undefined): AppointmentFacts | null {
	if (!isRecord(value) || !isLocalDate(value.date)) return null;
	return {
		date: value.date,
		time: isLocalTime(value.time) ? value.time : null,
		minutes: typeof value.minutes === 'number' ? value.minutes : null,
		name: textOf(value.name),
		phone: textOf(value.phone),
		email: textOf(value.email),
		service: textOf(value.service),
		note: textOf(value.note),
		number: textOf(value.number),
		place: textOf(value.place),
		cancelled: value.cancelled === true
	};
}

export function importRecordOf(value: JsonValue | undefined): ImportRecord | null {
	const facts = factsOf(value);
	if (facts === null || !isRecord(value)) return null;
	return {
		...facts,
		key: textOf(value.key),
		sequence: typeof value.sequence === 'number' ? value.sequence : 0,
		changedAt: typeof value.changedAt === 'number' ? (value.changedAt as Instant) : null
	};
}

/**
 * What the booking system says. Two counters may have read two exports without having seen each other:
 * the higher SEQUENCE counts, then the later change, then what was read in later; nobody has to settle it.
 */
export function importOf(view: WithFields): ImportRecord | null {
	let best: ImportRecord | null = null;
	for (const { value } of view.fields.import ?? []) {
		const record = importRecordOf(value);
		if (record && (best === null || isNewer(record, best))) best = record;
	}
	return best;
}

/** False for equals: of those the one that was read in later comes first in the field. */
export const isNewer = (a: ImportRecord, b: ImportRecord): boolean =>
	a.sequence !== b.sequence ? a.sequence > b.sequence : (a.changedAt ?? 0) > (b.changedAt ?? 0);

export function reportOf(view: WithFields): Report | null {
	const value = currentValue(view, 'report');
	const facts = factsOf(value);
	if (facts === null || !isRecord(value)) return null;
	return { ...facts, source: oneOf(REPORT_SOURCES, value.source) ?? 'memory' };
}
export const walkInOf = (view: WithFields): WalkIn | null => factsOf(currentValue(view, 'walkIn'));

export function movedOf(view: WithFields): Moved | null {
	const facts = factsOf(currentValue(view, 'moved'));
	return facts && { date: facts.date, time: facts.time, minutes: facts.minutes };
}

/** What counts: where it was moved to, corrections of a counter, and beneath them the source. */
export function effectiveFacts(view: WithFields): AppointmentFacts {
	const base = importOf(view) ?? reportOf(view) ?? walkInOf(view) ?? NO_FACTS;
	const corrected = OWN_FACTS.filter((fact) => view.fields[ownPath(fact)] !== undefined).map((fact) => [
		fact,
		currentText(view, ownPath(fact))
	]);
	return { ...base, ...Object.fromEntries(corrected), ...movedOf(view) };
}

/** What a counter said last, else what follows from the source. */
export const appointmentStatusOf = (view: WithFields): AppointmentStatus =>
	oneOf(STATUSES, currentValue(view, 'status')) ?? sourceStatus(view);

const sourceStatus = (view: WithFields): AppointmentStatus =>
	importOf(view)?.cancelled ? 'cancelled' : walkInOf(view) && !importOf(view) ? 'queued' : 'confirmed';

/** Has a counter done anything that an import must not undo? */
export const isTouched = (view: WithFields): boolean =>
	Object.keys(view.fields).some((path) => path === 'status' || path === 'moved' || path.startsWith('own/'));

const claimOf = (value: JsonValue): Claim | null =>
	isRecord(value) && typeof value.deviceId === 'string' && typeof value.staffId === 'string'
		? { deviceId: value.deviceId as DeviceId, staffId: value.staffId as StaffId }
		: null;

/** Who called this person: normally one; two, after two counters called without having seen each other. */
export const claimsOf = (view: WithFields): Claim[] =>
	distinctValues(view, 'claim').flatMap(({ value }) => claimOf(value) ?? []);

export const arrivedAtOf = (view: WithFields): Instant | null => {
	const value = currentValue(view, 'arrived');
	return typeof value === 'number' ? (value as Instant) : null;
};

export interface ContactEntry extends Contact {
	/** Under which it stands in `contacts/`. */
	readonly id: string;
	readonly staffId: StaffId;
	readonly at: Instant;
}
/** Calls, the newest first; one that was taken back is none. */
export const contactsOf = (view: WithFields): ContactEntry[] =>
	Object.entries(view.fields)
		.filter(([path]) => path.startsWith('contacts/'))
		.flatMap(([path, values]) =>
			values.flatMap(({ value, staffId, stamp }) => {
				const result = isRecord(value) ? oneOf(CONTACT_RESULTS, value.result) : null;
				if (!isRecord(value) || result === null) return [];
				return [
					{ id: path.slice('contacts/'.length), result, note: textOf(value.note), staffId, at: stamp.recordedAt }
				];
			})
		)
		.sort((a, b) => b.at - a.at);

const idsUnder = (view: WithFields, prefix: string): string[] =>
	Object.keys(view.fields)
		.filter((path) => path.startsWith(prefix) && currentValue(view, path) === true)
		.map((path) => path.slice(prefix.length));
/** Requests that were taken for it. */
export const requestsOf = (view: WithFields): RequestId[] => idsUnder(view, 'requests/') as RequestId[];
/** Those of which a person said that they are another appointment. */
export const notSameAs = (view: WithFields): AppointmentId[] => idsUnder(view, 'notSame/') as AppointmentId[];

export const mergedIntoOf = (view: WithFields): AppointmentId | null => {
	const value = currentText(view, 'mergedInto');
	return value === '' ? null : (value as AppointmentId);
};

/** Fields that two counters changed without having seen each other; who called, what status, where it was moved to (SY9). */
export const appointmentConflicts = (view: WithFields): AppointmentPath[] =>
	Object.keys(view.fields)
		.filter((path) => /^(?:status|claim|moved|cancelReason|mergedInto|own\/)/.test(path))
		.filter((path) => distinctValues(view, path).length > 1)
		.sort();
