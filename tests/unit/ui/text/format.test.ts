import { describe, expect, it } from 'vitest';
import type { Instant } from '$lib/domain/time';
import {
	formatBytes,
	formatCount,
	formatDateTime,
	formatDay,
	formatDuration,
	formatIban,
	formatLocalDate,
	localDateOf
} from '$lib/ui/text/format';

const at = (iso: string) => Date.parse(iso) as Instant;

describe('dates and times', () => {
	it('are those of the town hall, in winter and in summer', () => {
		expect(formatDateTime(at('2023-10-30T08:41:00Z'))).toBe('30.10.2023, 09:41 Uhr');
		expect(formatDateTime(at('2024-07-01T22:05:00Z'))).toBe('02.07.2024, 00:05 Uhr');
	});
	it('change the day at midnight in Berlin, not in Greenwich', () => {
		expect(localDateOf(at('2023-10-30T22:59:00Z'))).toBe('2023-10-30');
		expect(localDateOf(at('2023-10-30T23:00:00Z'))).toBe('2023-10-31');
	});
	it('name the days next to today', () => {
		const now = at('2024-03-31T10:00:00Z');
		expect(formatDay(at('2024-03-31T21:59:00Z'), now)).toBe('heute');
		expect(formatDay(at('2024-03-30T22:59:00Z'), now)).toBe('gestern');
		expect(formatDay(at('2024-03-31T22:01:00Z'), now)).toBe('morgen');
		expect(formatDay(at('2024-03-29T12:00:00Z'), now)).toBe('29.03.2024');
	});
	it('keep unknown parts of a date of birth', () => {
		expect(formatLocalDate('1960-02-01')).toBe('01.02.1960');
		expect(formatLocalDate('1960-00-00')).toBe('00.00.1960');
		expect(formatLocalDate('unbekannt')).toBe('unbekannt');
	});
});

describe('numbers', () => {
	it.each([
		[0, '0 Byte'],
		[999, '999 Byte'],
		[3_200_000, '3,2 MB'],
		[5_000_000_000_000_000, '5.000 TB']
	])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
	it('have a dot at the thousands and agree with their noun', () => {
		expect(formatCount(1, 'Vorgang', 'Vorgänge')).toBe('1 Vorgang');
		expect(formatCount(1234, 'Vorgang', 'Vorgänge')).toBe('1.234 Vorgänge');
	});
	it.each([
		[1, '1 Sekunde'],
		[61_000, '61 Sekunden'],
		[100_001, '2 Minuten'],
		[5 * 3_600_000, '5 Stunden'],
		[4 * 86_400_000, '4 Tage']
	])('a wait of %d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
	it('group an IBAN by four', () => {
		expect(formatIban('DE02120300000000202051')).toBe('DE02 1203 0000 0000 2020 51');
		expect(formatIban('DE02 1203 0000 0000 2020')).toBe('DE02 1203 0000 0000 2020');
	});
});
