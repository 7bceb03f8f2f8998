/** Which row is the header, and what its columns are: by a person, by what a person said of such a file before, or by their names. */
import type { ColumnMapping, ImportOptions } from '$lib/domain/appointment-import';
import { columnForm, headerKeyOf } from '$lib/domain/import-header';
import { holdsMore, isSurelyATime, isYetADate, isYetATime, withGuesses } from './column-guess';
import { mappingOf } from './column-choice';
import { roleOf, type ColumnRole } from './column-names';
import type { TableRow } from './table-row';

export interface TablePlan {
	/** `outlook-de`, `outlook-en`, `zms-day`, a profile's name, or `table`. */
	readonly source: string;
	/** Empty names where the table has no header. */
	readonly header: readonly string[];
	readonly hasHeader: boolean;
	/** Rows above the header. */
	readonly titles: readonly TableRow[];
	/** Rows below it. */
	readonly entries: readonly TableRow[];
	readonly mapping: ColumnMapping;
	/** The flag of all-day events, which no person maps. */
	readonly allDay: number | null;
	/** The flag of cancelled ones. */
	readonly cancelled: number | null;
	/** Enough to read by it without asking. */
	readonly certain: boolean;
}

/** Titles, addresses and remarks stand above a header, but not that many. */
const HEADER_SEARCH_ROWS = 30;
const SAMPLE_ROWS = 200;

/** `rows` has at least one. */
export function planTable(
	rows: readonly TableRow[],
	options: Pick<ImportOptions, 'today' | 'mapping' | 'profiles'>
): TablePlan {
	const head = rows.slice(0, HEADER_SEARCH_ROWS);
	const profileOf = ({ cells }: TableRow) =>
		options.profiles.find(({ header }) => header !== '' && header === headerKeyOf(cells));
	const profiled = head.findIndex((row) => profileOf(row) !== undefined);
	const index = profiled >= 0 ? profiled : headerIndex(head);
	const row = rows[index];
	const entries = rows.slice(index + 1);
	const sample = entries.slice(0, SAMPLE_ROWS);
	const header = row?.cells ?? Array<string>(widthOf(sample)).fill('');
	const columns = columnsOf(header, sample);
	const roles = row === undefined ? header.map(() => null) : namedRoles(header, columns);
	const profile = row === undefined ? undefined : profileOf(row);
	const given = options.mapping ?? profile?.mapping;
	const named = mappingOf(roles);
	const certain = given !== undefined || (isCertain(named, sample) && !isDoubtful(roles, named, columns));
	const columnOf = (role: ColumnRole): number | null => (roles.includes(role) ? roles.indexOf(role) : null);
	return {
		source: options.mapping === undefined && profile !== undefined ? profile.name : sourceOf(header),
		header,
		hasHeader: row !== undefined,
		titles: rows.slice(0, Math.max(index, 0)),
		entries,
		mapping: given ?? (certain ? named : mappingOf(withGuesses(roles, columns))),
		allDay: columnOf('allDay'),
		cancelled: columnOf('cancelled'),
		certain
	};
}

const widthOf = (rows: readonly TableRow[]): number =>
	rows.reduce((width, { cells }) => Math.max(width, cells.length), 0);

/** -1: the table begins with its first entry. */
function headerIndex(head: readonly TableRow[]): number {
	const known = head.map(({ cells }) => new Set(cells.map(roleOf).filter((role) => role !== null)).size);
	const most = Math.max(0, ...known);
	if (most >= 2) return known.indexOf(most);
	// A title has one cell; a header has as many as most rows.
	const filled = head.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
	const first = filled.findIndex((count) => count > 1 && count * 2 >= Math.max(...filled));
	const cells = head[first]?.cells ?? [];
	return cells.some((cell) => isYetADate(cell) || isYetATime(cell)) ? -1 : first;
}

type Columns = readonly (readonly string[])[];

const columnsOf = (header: readonly string[], sample: readonly TableRow[]): Columns =>
	header.map((_, column) => sample.map(({ cells }) => cells[column] ?? '').filter((cell) => cell.trim() !== ''));

/** By name; but „Tag“ may hold weekdays, „Termin“ an hour, and „Beginn“ the day as well. */
function namedRoles(header: readonly string[], columns: Columns): readonly (ColumnRole | null)[] {
	const named = header.map(roleOf);
	const holds = (column: number, test: (cell: string) => boolean): boolean => mostly(columns[column] ?? [], test);
	const roles = named.map((role, column) => {
		if (role !== 'date' || columns[column]?.length === 0 || holds(column, isYetADate)) return role;
		return holds(column, isYetATime) && !named.includes('time') ? 'time' : role;
	});
	const sureDate = roles.findIndex((role, column) => role === 'date' && holds(column, isYetADate));
	if (sureDate >= 0) return roles.map((role, column) => (role === 'date' && column < sureDate ? 'ignored' : role));
	if (roles.includes('date')) return roles;
	const start = roles.findIndex((role, column) => role === 'time' && holds(column, isYetADate));
	return roles.map((role, column) => (column === start ? 'date' : role));
}

const mostly = (cells: readonly string[], test: (cell: string) => boolean): boolean =>
	cells.length > 0 && cells.filter(test).length * 2 >= cells.length;

/** A date or a time, and a name; and the cells of the date are dates. */
function isCertain({ date, time, name }: ColumnMapping, sample: readonly TableRow[]): boolean {
	const moment = date ?? time ?? null;
	if (moment === null || name.length === 0) return false;
	const cells = sample.map((row) => row.cells[moment] ?? '').filter((cell) => cell.trim() !== '');
	return cells.length === 0 || mostly(cells, (cell) => isYetADate(cell) || (date === null && isYetATime(cell)));
}

/** Which of two days is meant, or whether a nameless column holds the hour, is for a person to say: a wrong day sends people home. */
function isDoubtful(roles: readonly (ColumnRole | null)[], { date, time }: ColumnMapping, columns: Columns): boolean {
	const days = columns.filter((cells, column) => roles[column] === 'date' && mostly(cells, isYetADate));
	const [first = [], ...others] = days.map((cells) => cells.map((cell) => cell.trim()).join('\n'));
	if (others.some((cells) => cells !== first)) return true;
	const hasTime = time != null && (time !== date || (columns[time] ?? []).some(holdsMore));
	return !hasTime && columns.some((cells, column) => roles[column] === null && mostly(cells, isSurelyATime));
}

function sourceOf(header: readonly string[]): string {
	const forms = new Set(header.map(columnForm));
	const has = (...names: readonly string[]): boolean => names.every((name) => forms.has(name));
	if (has('UHRZEIT ANKUNFTSZEIT', 'NR', 'NAME')) return 'zms-day';
	if (has('BETREFF', 'BEGINNT AM', 'BEGINNT UM')) return 'outlook-de';
	return has('SUBJECT', 'START DATE', 'START TIME') ? 'outlook-en' : 'table';
}
