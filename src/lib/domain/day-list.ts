/** The day's list: what is shown of it, who is next, and which reported appointments turned up in a file. */
import type { AppointmentId, AppointmentRow, AppointmentStatus } from './appointment';
import type { LocalTime } from './appointment-import';
import type { DeviceId } from './ids';
import { searchForm } from './search-key';
import type { Instant, LocalDate } from './time';

export interface DayFilter {
	readonly status: AppointmentStatus | null;
	readonly service: string | null;
	readonly counter: DeviceId | null;
}
export const NO_DAY_FILTER: DayFilter = { status: null, service: null, counter: null };

/** Merged entries stand behind the one they were merged into. */
export const rowsOfDay = (rows: readonly AppointmentRow[], date: LocalDate): AppointmentRow[] =>
	rows.filter((row) => row.date === date && row.mergedInto === null);

export const filterDay = (rows: readonly AppointmentRow[], filter: DayFilter): readonly AppointmentRow[] =>
	rows.filter(
		(row) =>
			(filter.status === null || row.status === filter.status) &&
			(filter.service === null || row.service === filter.service) &&
			(filter.counter === null || row.claims.some(({ deviceId }) => deviceId === filter.counter))
	);

/** How many rows each choice would leave beside the other filters as they stand. */
export function countDay(rows: readonly AppointmentRow[], filter: DayFilter) {
	const without = (part: Partial<DayFilter>) => filterDay(rows, { ...filter, ...part });
	return {
		status: countBy(without({ status: null }), ({ status }) => [status]),
		service: countBy(without({ service: null }), ({ service }) => (service === '' ? [] : [service])),
		counter: countBy(without({ counter: null }), ({ claims }) => claims.map(({ deviceId }) => deviceId))
	};
}

function countBy<K>(rows: readonly AppointmentRow[], keysOf: (row: AppointmentRow) => readonly K[]): Map<K, number> {
	const counts = new Map<K, number>();
	for (const row of rows) for (const key of keysOf(row)) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}

/** The town hall's clock at an instant; the domain asks nobody what time it is. */
export type ClockTime = (at: Instant) => LocalTime;

/**
 * Who waits, in the order in which they are called: an appointment is due at its time, or on arrival when somebody comes late;
 * without an appointment, on arrival.
 */
export const waitingInOrder = (rows: readonly AppointmentRow[], clockTime: ClockTime): AppointmentRow[] =>
	rows
		.filter(({ status, mergedInto }) => status === 'queued' && mergedInto === null)
		.map((row) => ({ row, due: dueOf(row, clockTime) }))
		.sort(
			(a, b) =>
				ascending(a.due, b.due) ||
				Number(a.row.origin === 'walk-in') - Number(b.row.origin === 'walk-in') ||
				(a.row.arrivedAt ?? 0) - (b.row.arrivedAt ?? 0) ||
				ascending(a.row.id, b.row.id)
		)
		.map(({ row }) => row);

function dueOf({ origin, time, arrivedAt }: AppointmentRow, clockTime: ClockTime): string {
	const arrived = arrivedAt === null ? '' : clockTime(arrivedAt);
	if (origin === 'walk-in') return arrived;
	return (time ?? '') > arrived ? (time ?? '') : arrived;
}

export interface MergeProposal {
	readonly reported: AppointmentRow;
	readonly candidates: readonly AppointmentRow[];
}

/**
 * Appointments that a citizen told of and that now stand in a file as well: on the same day, and by name the same person
 * (every word of the shorter name in the longer), or at the same time without a name on either side.
 */
export function mergeProposals(rows: readonly AppointmentRow[]): MergeProposal[] {
	const reports = rows.filter(({ origin, mergedInto }) => origin === 'report' && mergedInto === null);
	if (reports.length === 0) return [];
	const days = new Set(reports.map(({ date }) => date));
	const imported = rows.filter(
		({ origin, mergedInto, date }) => origin === 'import' && mergedInto === null && days.has(date)
	);
	return reports.flatMap((reported) => {
		const candidates = imported.filter((row) => isPerhaps(reported, row));
		return candidates.length === 0 ? [] : [{ reported, candidates }];
	});
}

function isPerhaps(reported: AppointmentRow, row: AppointmentRow): boolean {
	if (reported.date !== row.date || isToldApart(reported, row.id)) return false;
	const [a, b] = [wordsOf(reported.name), wordsOf(row.name)];
	if (a.length === 0 || b.length === 0) return reported.time !== null && reported.time === row.time;
	const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
	return shorter.every((word) => longer.includes(word));
}

const isToldApart = ({ notSame }: AppointmentRow, id: AppointmentId): boolean => notSame.includes(id);

const wordsOf = (name: string): string[] =>
	searchForm(name)
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How current the list of appointments is; null: nothing was read in. */
export interface ListAge {
	readonly importedAt: Instant;
	/** The last day of which the files tell, and days from today to it. */
	readonly until: LocalDate;
	readonly daysAhead: number;
	readonly isOld: boolean;
}

const DAY_MS = 86_400_000;

/** Older than a day is told as a warning. */
export function listAge(rows: readonly AppointmentRow[], today: LocalDate, now: Instant): ListAge | null {
	let importedAt: number = 0;
	let until = '';
	for (const row of rows) {
		if (row.importedAt === null) continue;
		if (row.importedAt > importedAt) importedAt = row.importedAt;
		if (row.date > until) until = row.date;
	}
	if (until === '') return null;
	const daysAhead = Math.max(0, Math.round((Date.parse(until) - Date.parse(today)) / DAY_MS));
	return {
		importedAt: importedAt as Instant,
		until: until as LocalDate,
		daysAhead,
		isOld: now - importedAt > DAY_MS
	};
}
