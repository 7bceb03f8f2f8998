/** Which day a table of times is for, and which place: by its file name, or a title above the header. */
import type { ImportOptions } from '$lib/domain/appointment-import';
import type { LocalDate } from '$lib/domain/time';
import { readDateCell, type DateContext } from './calendar-cells';
import type { TableRow } from './table-row';

/** `Tagesübersicht_<Standort>_<TT.MM.JJJJ>.xlsx`, as ZMS calls its list; a browser may have numbered it. */
const DAY_LIST = /^Tages(?:ü|ue)bersicht_(.+?)_\d{1,2}\.\d{1,2}\.\d{4}/iu;
const MAX_TITLE_LENGTH = 4_000;
const DATES =
	/(?<![\d.])(?:\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{4}[-_.]\d{2}[-_.]\d{2}|\d{1,2}\.?\s+\p{L}{3,9}\.?\s+\d{4})(?!\d)/gu;

/** '' where the name tells none. */
export const placeOfFile = (fileName: string): string =>
	DAY_LIST.exec(baseName(fileName).slice(0, MAX_TITLE_LENGTH))?.[1]?.replaceAll('_', ' ').trim() ?? '';

/** What a person said first; null: nothing tells, or two days do. */
export function dayOfTable(
	fileName: string,
	titles: readonly TableRow[],
	options: Pick<ImportOptions, 'date' | 'today'>
): LocalDate | null {
	const context: DateContext = { today: options.today, slashes: 'day-first' };
	const title = titles.flatMap(({ cells }) => cells).join('\n');
	return options.date ?? onlyDay(baseName(fileName), context) ?? onlyDay(title, context);
}

function onlyDay(text: string, context: DateContext): LocalDate | null {
	const days = (text.slice(0, MAX_TITLE_LENGTH).match(DATES) ?? []).map(
		(found) => readDateCell(found.replaceAll('_', '-'), context)?.date
	);
	const [day] = days;
	return day !== undefined && new Set(days).size === 1 ? day : null;
}

/** A Mac writes ü as u and two dots. */
const baseName = (fileName: string): string => fileName.slice(fileName.search(/[^/\\]*$/)).normalize('NFC');

/** A row between the entries that says nothing but a day: it is for those below. */
export function dayOfRow(cells: readonly string[], context: DateContext): LocalDate | null {
	const filled = cells.filter((cell) => cell.trim() !== '');
	const found = filled.length === 1 ? readDateCell(filled[0] ?? '', context) : null;
	return found !== null && found.rest === '' ? found.date : null;
}
