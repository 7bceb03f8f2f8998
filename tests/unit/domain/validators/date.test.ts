import { describe, expect, it } from 'vitest';
import { checkBirthDate, checkDate } from '$lib/domain/validators/date';
import type { CheckContext, Checked } from '$lib/domain/validators/finding';
import { checkMonth } from '$lib/domain/validators/month';
import type { LocalDate } from '$lib/domain/time';

const context: CheckContext = { today: '2023-11-02' as LocalDate, answers: {} };
const birth = (input: string): Checked => checkBirthDate(input, context);
const date = (input: string, expect?: 'past' | 'future'): Checked => checkDate(input, context, expect);
const rules = (checked: Checked): string[] => [...checked.errors, ...checked.hints].map(({ rule }) => rule);

describe('dates are typed in many ways', () => {
	it.each([
		['1.2.60', '1960-02-01'],
		['010260', '1960-02-01'],
		['1260', '1960-02-01'],
		['1.2.1960', '1960-02-01'],
		['01021960', '1960-02-01'],
		['1960-02-01', '1960-02-01'],
		['19600201', '1960-02-01'],
		['1/2/60', '1960-02-01'],
		['1 2 1960', '1960-02-01'],
		['1. 2. 1960', '1960-02-01'],
		['31260', '1960-12-03'],
		['121960', '1960-02-01']
	])('%s → %s', (input, value) => {
		expect(birth(input)).toEqual({ value, errors: [], hints: [] });
	});
});

describe('birth dates', () => {
	it('complete two digits to the latest past', () => {
		expect(birth('2.11.23').value).toBe('2023-11-02');
		expect(birth('3.11.23').value).toBe('1923-11-03');
		expect(birth('29.2.00').value).toBe('2000-02-29');
	});
	it('know unknown parts', () => {
		expect(birth('00.00.1960')).toMatchObject({ value: '1960-00-00', errors: [], hints: [{ rule: 'date-partial' }] });
		expect(birth('00.05.1960').value).toBe('1960-05-00');
		expect(birth('000060').value).toBe('1960-00-00');
		expect(birth('0.0.0000').value).toBe('0000-00-00');
		expect(birth('1960-00-00').errors).toEqual([]);
	});
	it.each([
		['31.02.1960', 'date-impossible'],
		['15.00.1960', 'date-impossible'],
		['00.13.1960', 'date-impossible'],
		['29.02.61', 'date-impossible'],
		['03.11.2023', 'birth-date-future'],
		['01.01.0960', 'date-year'],
		['gestern', 'date-format'],
		['1.2', 'date-format'],
		['11260', 'date-ambiguous'],
		['01.01.2010', 'birth-date-minor'],
		['01.01.1905', 'birth-date-very-old']
	])('%s: %s', (input, rule) => {
		expect(rules(birth(input))).toEqual([rule]);
	});
	it('turns eighteen on the day itself', () => {
		expect(rules(birth('02.11.2005'))).toEqual([]);
		expect(rules(birth('03.11.2005'))).toEqual(['birth-date-minor']);
	});
	it('asks back with both readings', () => {
		expect(birth('11260').errors[0]?.proposals).toEqual(['01.12.1960', '11.02.1960']);
	});
});

describe('other dates', () => {
	it('complete two digits to the nearest century', () => {
		expect(date('1.2.25').value).toBe('2025-02-01');
		expect(date('1.2.74').value).toBe('1974-02-01');
		expect(date('1.2.72').value).toBe('2072-02-01');
		expect(date('2023-10-30').value).toBe('2023-10-30');
	});
	it('know no unknown parts', () => {
		expect(rules(date('00.05.1960'))).toEqual(['date-impossible']);
	});
	it('wonder about the other side of today', () => {
		expect(rules(date('03.11.2023', 'past'))).toEqual(['date-future']);
		expect(rules(date('01.11.2023', 'future'))).toEqual(['date-past']);
		expect(rules(date('02.11.2023', 'future'))).toEqual([]);
		expect(rules(date('02.11.2023', 'past'))).toEqual([]);
	});
});

describe('months', () => {
	it.each([
		['05/25', '2025-05'],
		['5.2025', '2025-05'],
		['0525', '2025-05'],
		['525', '2025-05'],
		['052025', '2025-05'],
		['2025-05', '2025-05'],
		['12/99', '1999-12']
	])('%s → %s', (input, value) => {
		expect(checkMonth(input, context)).toEqual({ value, errors: [], hints: [] });
	});
	it('say what is wrong, and what has run out', () => {
		expect(rules(checkMonth('13/25', context))).toEqual(['month-impossible']);
		expect(rules(checkMonth('Mai', context))).toEqual(['month-format']);
		expect(rules(checkMonth('10/23', context, 'future'))).toEqual(['month-past']);
		expect(rules(checkMonth('11/23', context, 'future'))).toEqual([]);
	});
});
