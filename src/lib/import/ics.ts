/** Reads iCalendar files (RFC 5545) of Outlook, Exchange, Google and ZMS: event by event, so that a broken one costs no other. */
import {
	MAX_IMPORT_ENTRIES,
	type ImportedAppointment,
	type ImportOptions,
	type ImportProblem,
	type ImportReading
} from '$lib/domain/appointment-import';
import { factsOf, problemOf } from './facts';
import { fingerprintOf, numbered } from './fingerprint';
import { eventOf, type IcsEvent } from './ics-event';
import { FILE_STEPS, type Budget } from './ics-expansion';
import { toldBy } from './ics-facts';
import { cutFile } from './ics-lines';
import { isWithin, occurrencesOf, type ImportWindow } from './ics-series';
import { localStartOf, stampOf, type LocalStart } from './ics-time';
import { withoutSuperseded } from './ics-versions';
import { createFindZone, type FindZone } from './ics-zones';

/** A calendar of many years may hold more than is taken from it. */
const MAX_EVENTS = 4 * MAX_IMPORT_ENTRIES;

interface Reader {
	readonly window: ImportWindow;
	readonly findZone: FindZone;
	readonly budget: Budget;
	readonly entries: ImportedAppointment[];
	readonly notes: ImportProblem[];
}
interface Named {
	readonly start: LocalStart;
	/** What follows the UID in its key; null: it is no occurrence of a series. */
	readonly stamp: string | null;
}

/** Series are expanded, and single events taken, from `from` to `to`, both included. Never throws. */
export function readIcs(text: string, window: Pick<ImportOptions, 'from' | 'to'>): ImportReading {
	if (text.trim() === '') return { type: 'unreadable', reason: 'empty' };
	const file = cutFile(text);
	if (file.events.length === 0) return { type: 'unreadable', reason: file.isCalendar ? 'no-events' : 'not-known' };
	if (file.events.length > MAX_EVENTS) return { type: 'unreadable', reason: 'too-many-rows' };
	const findZone = createFindZone(file.zones);
	const readings = file.events.map((cut) => eventOf(cut, findZone));
	const problems = readings.flatMap((reading) => ('problem' in reading ? [reading.problem] : []));
	const reader: Reader = { window, findZone, budget: { steps: FILE_STEPS }, entries: [], notes: [] };
	const { events, superseded } = withoutSuperseded(
		readings.flatMap((reading) => ('event' in reading ? [reading.event] : []))
	);
	for (const { at, title } of superseded) reader.notes.push(problemOf('superseded', at, title));
	const overrides = overridesOf(events);
	for (const event of events) {
		takeEvent(reader, event, overrides);
		if (reader.entries.length > MAX_IMPORT_ENTRIES) return { type: 'unreadable', reason: 'too-many-rows' };
	}
	return {
		type: 'read',
		format: 'ics',
		source: 'ics',
		entries: numbered(reader.entries),
		problems,
		notes: inOrder(reader.notes)
	};
}

interface Overrides {
	readonly masterByUid: ReadonlyMap<string, IcsEvent>;
	/** Stamps of the occurrences that have an event of their own; a day where they tell only that. */
	readonly stampsByUid: ReadonlyMap<string, ReadonlySet<string>>;
}

function overridesOf(events: readonly IcsEvent[]): Overrides {
	const masterByUid = new Map(
		events.filter(({ recurrence }) => recurrence === null).map((event) => [event.uid, event])
	);
	const stampsByUid = new Map<string, Set<string>>();
	for (const { uid, recurrence } of events) {
		if (recurrence === null || uid === '') continue;
		const stamps = stampsByUid.get(uid) ?? new Set();
		stampsByUid.set(uid, stamps.add(occurrenceStamp(localStartOf(recurrence), masterByUid.get(uid))));
	}
	return { masterByUid, stampsByUid };
}

/** Some calendars name an occurrence by its day only: it is the one at the hour of the series. */
function occurrenceStamp(named: LocalStart, master: IcsEvent | undefined): string {
	const time = named.time ?? (master === undefined ? null : localStartOf(master.start).time);
	return stampOf({ date: named.date, time });
}

function takeEvent(reader: Reader, event: IcsEvent, { masterByUid, stampsByUid }: Overrides): void {
	const { recurrence, uid, isSeries } = event;
	if (recurrence !== null) {
		const stamp = occurrenceStamp(localStartOf(recurrence), masterByUid.get(uid));
		return take(reader, event, [{ start: localStartOf(event.start), stamp }]);
	}
	if (!isSeries) return take(reader, event, [{ start: localStartOf(event.start), stamp: null }]);
	const { startByStamp, notes } = occurrencesOf(event, reader.window, reader.findZone, reader.budget);
	reader.notes.push(...notes);
	const replaced = stampsByUid.get(uid);
	const own = [...startByStamp].filter(([stamp]) => replaced?.has(stamp) !== true);
	if (own.length > 0 || startByStamp.size === 0)
		take(
			reader,
			event,
			own.map(([stamp, start]) => ({ start, stamp }))
		);
}

/** All occurrences say the same but for their start. */
function take(reader: Reader, event: IcsEvent, occurrences: readonly Named[]): void {
	const { at, uid, sequence, changedAt, title, minutes, cancelled } = event;
	const within = occurrences.filter(({ start }) => isWithin(start, reader.window));
	if (within.length === 0) reader.notes.push(problemOf('not-in-window', at, title));
	const told = toldBy(event);
	for (const [place, { start, stamp }] of within.entries()) {
		const { facts, notes } = factsOf({ ...told, ...start, minutes, cancelled }, at);
		const key = uid === '' ? fingerprintOf(facts) : `uid:${uid}${stamp === null ? '' : `#${stamp}`}`;
		reader.entries.push({ key, sequence, changedAt, facts, at });
		if (place === 0) reader.notes.push(...event.notes, ...notes);
	}
}

const inOrder = (notes: readonly ImportProblem[]): readonly ImportProblem[] =>
	notes.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
