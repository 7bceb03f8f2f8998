import { expect, it } from 'vitest';
import type { Instant, LocalDate } from '$lib/domain/time';
import { clockTime, dayOf, instantOf } from '$lib/ui/text/local-time';

const date = (text: string) => text as LocalDate;

it('knows winter and summer time', () => {
	expect(instantOf(date('2026-11-01'), 9, 15)).toBe(Date.parse('2026-11-01T09:15:00+01:00'));
	expect(instantOf(date('2026-07-01'), 0, 0)).toBe(Date.parse('2026-07-01T00:00:00+02:00'));
});

it('knows no time of day that the clocks left out or that does not exist', () => {
	expect(instantOf(date('2026-03-29'), 2, 30)).toBeNull();
	expect(instantOf(date('2026-11-01'), 24, 0)).toBeNull();
	expect(instantOf(date('2026-11-01'), 9, 60)).toBeNull();
});

it('shows the time of day of the town hall', () => {
	expect(clockTime(Date.parse('2026-11-01T08:15:00Z') as Instant)).toBe('09:15');
});

it('knows days of 23 and 25 hours', () => {
	const hours = ({ from, to }: ReturnType<typeof dayOf>) => (to - from) / 3_600_000;
	expect(hours(dayOf(date('2026-03-29')))).toBe(23);
	expect(hours(dayOf(date('2026-10-25')))).toBe(25);
	expect(dayOf(date('2026-11-24')).from).toBe(Date.parse('2026-11-24T00:00:00+01:00'));
});
