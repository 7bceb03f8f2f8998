/** A day and a time as a clerk types them. */
import type { LocalTime } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';
import { readDate } from '$lib/domain/validators/calendar-date';

/** `6.11.23`, `061123`, and without a year `6.11.` the next such day; null: no day, or several. */
export function typedDay(typed: string, today: LocalDate): LocalDate | null {
	const text = typed.trim();
	const reading = readDate(text, today, 'nearest', false);
	if (reading.type === 'date') return reading.value as LocalDate;
	if (!/^\d{1,2}\.\d{1,2}\.?$/.test(text)) return null;
	const year = Number(today.slice(0, 4));
	for (const candidate of [year, year + 1]) {
		const whole = readDate(`${text.replace(/\.$/, '')}.${candidate}`, today, 'nearest', false);
		if (whole.type === 'date' && whole.value >= today) return whole.value as LocalDate;
	}
	return null;
}

/** `9`, `930`, `0930`, `9:30`, `9.30`, `9 Uhr 30`; null: no time of day. */
export function typedTime(typed: string): LocalTime | null {
	const [, hour, minute = '0'] =
		/^(\d{1,2})(?:\s*[:.]?\s*(\d{2}))?$/.exec(
			typed
				.trim()
				.replace(/\s*uhr\s*$/i, '')
				.replace(/\s*uhr\s*/i, ':')
		) ?? [];
	if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
	return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` as LocalTime;
}

/** The day after; noon knows no summer time. */
export const dayAfter = (date: LocalDate): LocalDate =>
	new Date(Date.parse(`${date}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10) as LocalDate;
