import { expect, it } from 'vitest';
import type { LocalDate } from '$lib/domain/time';
import { dayAfter, typedDay, typedTime } from '$lib/ui/state/typed-when';

const TODAY = '2023-11-06' as LocalDate;

it.each([
	['930', '09:30'],
	['0930', '09:30'],
	['9:30', '09:30'],
	['9.30', '09:30'],
	['09:30 Uhr', '09:30'],
	['9 Uhr 30', '09:30'],
	['9', '09:00'],
	['14', '14:00'],
	['1415', '14:15']
])('reads the time %j as %s', (typed, time) => expect(typedTime(typed)).toBe(time));

it.each(['', '25', '960', '24:00', '9:5', 'halb zehn', '12345'])('reads no time in %j', (typed) =>
	expect(typedTime(typed)).toBeNull()
);

it.each([
	['7.11.23', '2023-11-07'],
	['071123', '2023-11-07'],
	['7.11.', '2023-11-07'],
	['7.11', '2023-11-07'],
	['5.11.', '2024-11-05'],
	['29.2.', '2024-02-29']
])('reads the day %j as %s', (typed, date) => expect(typedDay(typed, TODAY)).toBe(date));

it.each(['', '31.2.', 'morgen', '1.13.2023'])('reads no day in %j', (typed) =>
	expect(typedDay(typed, TODAY)).toBeNull()
);

it('knows the next day', () => {
	expect(dayAfter('2023-12-31' as LocalDate)).toBe('2024-01-01');
	expect(dayAfter('2023-10-28' as LocalDate)).toBe('2023-10-29');
});
