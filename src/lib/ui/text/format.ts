/** Dates, times, numbers and account numbers as Germans read them; times always in the town hall's zone. */
import type { Instant, LocalDate } from '$lib/domain/time';

const TIME_ZONE = 'Europe/Berlin';
const DAY_MS = 86_400_000;

const dateFormat = new Intl.DateTimeFormat('de-DE', {
	timeZone: TIME_ZONE,
	day: '2-digit',
	month: '2-digit',
	year: 'numeric'
});
const timeFormat = new Intl.DateTimeFormat('de-DE', { timeZone: TIME_ZONE, hour: '2-digit', minute: '2-digit' });
const isoFormat = new Intl.DateTimeFormat('sv-SE', {
	timeZone: TIME_ZONE,
	year: 'numeric',
	month: '2-digit',
	day: '2-digit'
});
const numberFormat = new Intl.NumberFormat('de-DE');
const shortNumberFormat = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 });

/** `30.10.2023` */
export const formatDate = (at: Instant): string => dateFormat.format(at);

/** `09:41 Uhr` */
export const formatTime = (at: Instant): string => `${timeFormat.format(at)} Uhr`;

/** `30.10.2023, 09:41 Uhr` */
export const formatDateTime = (at: Instant): string => `${formatDate(at)}, ${formatTime(at)}`;

/** The calendar date of an instant in the town hall. */
export const localDateOf = (at: Instant): LocalDate => isoFormat.format(at) as LocalDate;

/** `2023-10-30` → `30.10.2023`; unknown parts of a date of birth stay `00`. Anything else is given back as it is. */
export function formatLocalDate(date: LocalDate | string): string {
	const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
	return year ? `${day}.${month}.${year}` : date;
}

/** `heute`, `gestern`, `morgen`, else the date. */
export function formatDay(at: Instant, now: Instant): string {
	const days = Math.round((Date.parse(localDateOf(at)) - Date.parse(localDateOf(now))) / DAY_MS);
	return { '-1': 'gestern', '0': 'heute', '1': 'morgen' }[String(days)] ?? formatDate(at);
}

/** `heute, 09:41 Uhr` */
export const formatDayTime = (at: Instant, now: Instant): string => `${formatDay(at, now)}, ${formatTime(at)}`;

/** `1.234` */
export const formatNumber = (value: number): string => numberFormat.format(value);

/** `1 Vorgang`, `2 Vorgänge` */
export const formatCount = (count: number, one: string, many: string): string =>
	`${formatNumber(count)} ${count === 1 ? one : many}`;

/** `3,2 MB` */
export function formatBytes(bytes: number): string {
	const units = ['Byte', 'KB', 'MB', 'GB', 'TB'];
	const power = Math.min(bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3), units.length - 1);
	return `${shortNumberFormat.format(bytes / 1000 ** power)} ${units[power]}`;
}

/** `12 Sekunden`, `3 Minuten`, `2 Stunden`, `4 Tage`: rounded up, since it says how long to wait. */
export function formatDuration(ms: number): string {
	const seconds = Math.max(0, Math.ceil(ms / 1000));
	if (seconds < 100) return formatCount(seconds, 'Sekunde', 'Sekunden');
	if (seconds < 90 * 60) return formatCount(Math.ceil(seconds / 60), 'Minute', 'Minuten');
	if (seconds < 48 * 3600) return formatCount(Math.ceil(seconds / 3600), 'Stunde', 'Stunden');
	return formatCount(Math.ceil(seconds / 86_400), 'Tag', 'Tage');
}

/** `DE02 1203 0000 0000 2020 51` */
export const formatIban = (iban: string): string => iban.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');
