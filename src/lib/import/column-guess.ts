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
/** German numbers begin with 0 or +; digits that do not are a number of the booking system. */
const PHONE = /^'?(?:\+|00|\(?0)[\d\s()/.-]{5,}$/;
const WORDS = /^\p{L}[\p{L}.'’-]*(?:,?\s+\p{L}[\p{L}.'’-]*){1,4}$/u;

export const isYetADate = (cell: string): boolean =>
	readDateCell(cell, ANY_CONTEXT) !== null || /^\s*\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/.test(cell.slice(0, MAX_LENGTH));
/** A date, and something behind it: mostly the hour. */
export const holdsMore = (cell: string): boolean => (readDateCell(cell, ANY_CONTEXT)?.rest ?? '') !== '';
export const isYetATime = (cell: string): boolean => readTimeCell(cell) !== null;
/** A time that nobody takes for anything else: 1012 is a house number as well. */
export const isSurelyATime = (cell: string): boolean => isYetATime(cell) && !/^\s*\d+\s*$/.test(cell);
/** `0930` may be a time if the whole column is by the clock: appointments begin every five minutes, numbers run on. */
const isByTheClock = (cell: string): boolean => isYetATime(cell) && /^\s*(?:0[6-9]|1\d|2[0-2])[0-5][05]\s*$/.test(cell);

type Test = (cell: string) => boolean;
const TESTS: readonly (readonly [ColumnRole, (cells: readonly string[]) => boolean])[] = [
	['date', (cells) => most(cells, isYetADate)],
	['time', (cells) => most(cells, isSurelyATime) || (cells.length > 0 && cells.every(isByTheClock))],
	['email', (cells) => most(cells, (cell) => EMAIL.test(cell.trim()))],
	['phone', (cells) => most(cells, (cell) => PHONE.test(cell.trim()))],
	['name', (cells) => most(cells, (cell) => WORDS.test(cell.trim()))]
];

const most = (cells: readonly string[], test: Test): boolean =>
	cells.filter((cell) => cell.length <= MAX_LENGTH && test(cell)).length * 2 > cells.length;

/** Fills in for columns whose name says nothing: each kind once, the first column most of whose cells look like it. */
export function withGuesses(
	named: readonly (ColumnRole | null)[],
	columns: readonly (readonly string[])[]
): readonly (ColumnRole | null)[] {
	const taken = new Set(named);
	const looks = columns.map((cells, column) =>
		named[column] != null ? null : (TESTS.find(([, holds]) => holds(cells))?.[0] ?? null)
	);
	const name = mostTelling(looks, columns);
	return columns.map((_, column) => {
		if (named[column] != null) return named[column];
		const looksLike = looks[column] ?? null;
		// A second time is the end.
		const role = looksLike === 'time' && taken.has('time') ? 'endTime' : looksLike;
		if (role === null || taken.has(role) || (role === 'name' && column !== name)) return null;
		taken.add(role);
		return role;
	});
}

/** Of columns of words the one with the most different ones: services repeat, people seldom do. */
function mostTelling(looks: readonly (ColumnRole | null)[], columns: readonly (readonly string[])[]): number {
	const kinds = columns.map((cells, column) => (looks[column] === 'name' ? new Set(cells).size : -1));
	return kinds.indexOf(Math.max(...kinds));
}
