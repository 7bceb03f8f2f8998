/** What columns without a name seem to hold: a suggestion for a person, never enough to read by. */
import type { LocalDate } from '$lib/domain/time';
import { readDateCell } from './calendar-cells';
import { readTimeCell } from './clock-cells';
import type { ColumnRole } from './column-names';

/** Whether it is a date does not depend on the day it is asked. */
const ANY_CONTEXT = { today: '2025-01-01' as LocalDate, slashes: 'day-first' as const };
/** Enough to see what kind it is. */
const MAX_LENGTH = 120;
const EMAIL = /^\S+@\S+\.\S+$/;
const PHONE = /^'?[+(]?\d[\d\s()/.-]{5,}$/;
const WORDS = /^\p{L}[\p{L}.'’-]*(?:,?\s+\p{L}[\p{L}.'’-]*){1,4}$/u;

export const isYetADate = (cell: string): boolean =>
	readDateCell(cell, ANY_CONTEXT) !== null || /^\s*\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/.test(cell.slice(0, MAX_LENGTH));
export const isYetATime = (cell: string): boolean => readTimeCell(cell) !== null;

const TESTS: readonly (readonly [ColumnRole, (cell: string) => boolean])[] = [
	['date', isYetADate],
	['time', isYetATime],
	['email', (cell) => EMAIL.test(cell.trim())],
	['phone', (cell) => PHONE.test(cell.trim())],
	['name', (cell) => WORDS.test(cell.trim())]
];

/** Fills in for columns whose name says nothing: each kind once, the first column most of whose cells look like it. */
export function withGuesses(
	named: readonly (ColumnRole | null)[],
	columns: readonly (readonly string[])[]
): readonly (ColumnRole | null)[] {
	const taken = new Set(named);
	return columns.map((cells, column) => {
		if (named[column] != null) return named[column];
		const looksLike = TESTS.find(
			([, test]) =>
				cells.length > 0 && cells.filter((cell) => cell.length <= MAX_LENGTH && test(cell)).length * 2 > cells.length
		)?.[0];
		// A second time is the end.
		const role = looksLike === 'time' && taken.has('time') ? 'endTime' : looksLike;
		if (role === undefined || taken.has(role)) return null;
		taken.add(role);
		return role;
	});
}
