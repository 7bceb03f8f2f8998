import { describe, expect, it } from 'vitest';
import { checkPlate, plateKind } from '$lib/domain/validators/plate';

const errorsOf = (input: string): string[] => checkPlate(input).errors.map(({ rule }) => rule);
const hintsOf = (input: string): string[] => checkPlate(input).hints.map(({ rule }) => rule);

describe('a plate is normalised', () => {
	it.each([
		['so ab 123', 'SO-AB 123'],
		['SO-AB-123', 'SO-AB 123'],
		['SO – AB 123', 'SO-AB 123'],
		['soab123', 'SO-AB 123'],
		['so-ab 123 h', 'SO-AB 123H'],
		['so ab 12 e 3/10', 'SO-AB 12E 03/10'],
		['SO-A 1 (10/03)', 'SO-A 1 10/03'],
		['lüna1', 'LÜN-A 1'],
		['HSK 04 123', 'HSK-04123'],
		['so 1234 a', 'SO-1234A'],
		['M-AB 1204/10', 'M-AB 12 04/10']
	])('%s → %s', (input, value) => {
		expect(checkPlate(input)).toEqual({ value, errors: [], hints: [] });
	});
});

describe('every kind of the FZV is known', () => {
	it.each([
		['SO-AB 123', 'standard'],
		['SO-AB 123E', 'electric'],
		['SO-AB 123H', 'oldtimer'],
		['SO-03123', 'short-term'],
		['SO-04123', 'short-term'],
		['SO-05123', 'red-inspection'],
		['SO-06123', 'red'],
		['SO-07123', 'red-oldtimer'],
		['SO-1234A', 'export'],
		['NRW 4-1234', 'authority'],
		['BP 15-123', 'authority'],
		['Y-123456', 'authority'],
		['THW-80000', 'authority'],
		['0 17-1', 'authority']
	])('%s is %s', (input, kind) => {
		const checked = checkPlate(input);
		expect(checked).toMatchObject({ errors: [], hints: [] });
		expect(plateKind(checked.value)).toBe(kind);
	});
});

describe('what no plate can be is an error', () => {
	it.each([
		['HSK-AB 123H', 'plate-too-long'],
		['SO-AB 1234E', 'plate-too-long'],
		['SO-AB 1234 04/10', 'plate-too-long'],
		['SO-AB 123E 04/10', 'plate-too-long'],
		['HSK-041234', 'plate-too-long'],
		['HSK-1234A', 'ok'],
		['MK-A 012', 'plate-number-zero'],
		['MK-A 12345', 'plate-form'],
		['MK-AB 123X', 'plate-form'],
		['MK-AB 123EH', 'plate-form'],
		['SO-0123A', 'plate-form'],
		['SO-AÖ 1', 'plate-letters-umlaut'],
		['SO-AB 1?', 'plate-characters'],
		['SO-A 1 13/02', 'plate-season'],
		['SO-A 1 01/12', 'plate-season'],
		['SO-04123 04/10', 'plate-season-kind'],
		['NRW-AB 123', 'plate-authority'],
		['Y-1234567', 'plate-digits-only'],
		['SO-08123', 'plate-digits-only']
	])('%s: %s', (input, rule) => {
		expect(errorsOf(input)).toEqual(rule === 'ok' ? [] : [rule]);
	});
});

describe('what is unusual is a hint', () => {
	it.each([
		['AR-AB 12', 'plate-code-legacy'],
		['BRI-A 1', 'plate-code-legacy'],
		['MES-A 1', 'plate-code-legacy'],
		['QQ-AB 12', 'plate-code-unknown'],
		['LUN-A 1', 'plate-code-umlaut'],
		['LUEN-A 1', 'plate-umlaut-read'],
		['SO-SS 88', 'plate-letters-barred'],
		['BN 65-300', 'plate-authority-read']
	])('%s: %s', (input, rule) => {
		expect(errorsOf(input)).toEqual([]);
		expect(hintsOf(input)).toEqual([rule]);
	});

	it('proposes the code with the umlaut', () => {
		expect(checkPlate('LUN-A 1').hints[0]?.proposals).toEqual(['LÜN-A 1']);
		expect(checkPlate('LUEN-A 1').value).toBe('LÜN-A 1');
	});
});

describe('without a separator', () => {
	it('asks which plate is meant when there are several', () => {
		expect(checkPlate('mka123')).toEqual({
			value: 'MKA123',
			errors: [],
			hints: [{ rule: 'plate-ambiguous', proposals: ['M-KA 123', 'MK-A 123'] }]
		});
	});
	it('weighs an electric plate against one for export', () => {
		expect(checkPlate('SO123E').hints[0]?.proposals).toEqual(['S-O 123E', 'SO-123E']);
	});
	it('takes a separator at its word and still proposes', () => {
		expect(checkPlate('SOA 123').errors).toEqual([{ rule: 'plate-digits-only', proposals: ['S-OA 123', 'SO-A 123'] }]);
	});
});
