/** A day and a time of day as they are typed in a hurry: 6.11.23, 061123; 9:30, 930, 9. */
import { isLocalTime, type LocalTime } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';
import { readDate } from '$lib/domain/validators/calendar-date';
import { today } from './now.svelte';

/** Null: no day, or one that does not exist. A year of two digits is the nearest one. */
export function readDay(typed: string): LocalDate | null {
	const read = readDate(typed, today(), 'nearest', false);
	return read.type === 'date' ? (read.value as LocalDate) : null;
}

/** Null: nothing was typed. */
export function readTimeOfDay(typed: string): LocalTime | null | 'wrong' {
	const text = typed.replace(/uhr/i, '').trim();
	if (text === '') return null;
	const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.\s](\d{2}))?$/.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text) ?? [];
	const time = `${hour?.padStart(2, '0')}:${minute}`;
	return hour !== undefined && isLocalTime(time) ? time : 'wrong';
}
