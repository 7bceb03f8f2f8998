/** A time on the town hall's clock → Instant, with summer time, whatever zone the machine is set to. */
import type { LocalTime } from '$lib/domain/appointment-import';
import type { Instant, LocalDate } from '$lib/domain/time';

const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' });

/** `2023-10-30 09:41` as the town hall's clock shows it. */
const shown = (at: number): string => parts.format(at).replace(',', '');

/** Null for a time of day that does not exist, such as 25:00 or the hour skipped in spring. */
export function instantOf(date: LocalDate, hour: number, minute: number): Instant | null {
	if (hour > 23 || minute > 59) return null;
	const wanted = `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
	const utc = Date.parse(`${wanted.replace(' ', 'T')}Z`);
	const candidates = [utc - 2 * 3_600_000, utc - 3_600_000];
	return (candidates.find((at) => shown(at) === wanted) ?? null) as Instant | null;
}

/** `09:41` */
export const clockTime = (at: Instant): LocalTime => shown(at).slice(11) as LocalTime;

const HOUR_MS = 3_600_000;

/** From midnight to midnight on the town hall's clock, which may be 23 or 25 hours. */
export function dayOf(date: LocalDate): { readonly from: Instant; readonly to: Instant } {
	const noon = Date.parse(`${date}T12:00:00Z`);
	const next = new Date(noon + 24 * HOUR_MS).toISOString().slice(0, 10) as LocalDate;
	// Midnight is never skipped in this zone; noon of the day before stands in for a date that does not exist.
	const midnight = (day: LocalDate) => instantOf(day, 0, 0) ?? ((noon - 24 * HOUR_MS) as Instant);
	return { from: midnight(date), to: midnight(next) };
}
