/** What the public vectors do not tell: proposals, hints, normal forms. */
import { describe, expect, it } from 'vitest';
import { foreignCharacters } from '$lib/domain/validators/din91379';
import { checkEmail } from '$lib/domain/validators/email';
import { checkEvb } from '$lib/domain/validators/evb';
import type { CheckContext } from '$lib/domain/validators/finding';
import { checkHouseNumber } from '$lib/domain/validators/house-number';
import { checkHsn } from '$lib/domain/validators/hsn';
import { checkIban } from '$lib/domain/validators/iban';
import { checkName } from '$lib/domain/validators/name';
import { checkPhone } from '$lib/domain/validators/phone';
import { checkPostalCode, placeExpected } from '$lib/domain/validators/postal-code';
import { checkChoice, checkLongText, checkNumber, checkText } from '$lib/domain/validators/text';
import { checkTsn } from '$lib/domain/validators/tsn';
import { checkVin } from '$lib/domain/validators/vin';
import type { LocalDate } from '$lib/domain/time';

const context: CheckContext = { today: '2023-11-02' as LocalDate, answers: {} };

describe('eVB-Nummer', () => {
	it('proposes 0 for O and 1 for I', () => {
		expect(checkEvb('bac6wo0').errors).toEqual([
			{ rule: 'evb-characters', details: { characters: 'O' }, proposals: ['BAC6W00'] }
		]);
	});
	it('counts what was typed', () => {
		expect(checkEvb('BAC6W').errors).toEqual([{ rule: 'evb-length', details: { count: '5' } }]);
	});
	it('drops blanks', () => {
		expect(checkEvb('bac 6w90').value).toBe('BAC6W90');
	});
});

describe('FIN', () => {
	it('proposes digits for the letters it does not have', () => {
		expect(checkVin('WVWZZZ1KZ6W6I23O5', context).errors).toEqual([
			{ rule: 'vin-characters', details: { characters: 'I O' }, proposals: ['WVWZZZ1KZ6W612305'] }
		]);
	});
	it('never makes the ninth character an error, and hints only where makers must set it', () => {
		expect(checkVin('WVWZZZ1KZ6W612305', context)).toEqual({ value: 'WVWZZZ1KZ6W612305', errors: [], hints: [] });
		expect(checkVin('1M8GDM9AXKP042788', context).hints).toEqual([]);
		expect(checkVin('1M8GDM9A0KP042788', context)).toMatchObject({ errors: [], hints: [{ rule: 'vin-check-digit' }] });
	});
	it('lets a vehicle from before 1981 have any chassis number', () => {
		const old = { answers: { firstRegistration: '1965-05-01' } };
		expect(checkVin('115 298 473', old)).toEqual({ value: '115298473', errors: [], hints: [{ rule: 'vin-old' }] });
		expect(checkVin('115298473', { answers: { firstRegistration: '1985-05-01' } }).errors[0]?.rule).toBe('vin-length');
	});
});

describe('HSN and TSN', () => {
	it('proposes digits', () => {
		expect(checkHsn('06O3').errors).toEqual([{ rule: 'hsn-format', proposals: ['0603'] }]);
	});
	it('takes the TSN with variant and check digit', () => {
		expect(checkTsn('bpm 00008 4').value).toBe('BPM000084');
		expect(checkTsn('BPM1').errors[0]?.rule).toBe('tsn-format');
	});
});

describe('IBAN', () => {
	it.each([
		['DE8937040044053201300', 'iban-length'],
		['XX89370400440532013000', 'iban-country'],
		['DE89370400440532013001', 'iban-check-digits'],
		['DE89 3704 0044 0532 0130 0?', 'iban-characters']
	])('%s: %s', (input, rule) => {
		expect(checkIban(input).errors.map((error) => error.rule)).toEqual([rule]);
	});
	it('proposes 0 for O', () => {
		expect(checkIban('DE8937O400440532013000').errors[0]?.proposals).toEqual(['DE89370400440532013000']);
	});
	it('knows the SEPA area', () => {
		expect(checkIban('NO8330001234567').hints[0]?.details).toEqual({ country: 'NO', sepa: 'yes' });
	});
});

describe('Names', () => {
	it.each(['O’Connor', "O'Connor", 'Müller-Lüdenscheid', 'Łukasz', 'Nguyễn', 'von der Tann', 'Ən', 'D.'])(
		'%s passes',
		(name) => {
			expect(checkName(name)).toEqual({ value: name, errors: [], hints: [] });
		}
	);
	it('brings a decomposed umlaut to NFC', () => {
		expect(checkName('  Mu\u0308ller   Meier ').value).toBe('Müller Meier');
	});
	it('names each foreign character once', () => {
		expect(checkName('Иванов7').errors).toEqual([{ rule: 'name-characters', details: { characters: 'И в а н о 7' } }]);
	});
	it('takes a combining mark only in a known sequence', () => {
		expect(foreignCharacters('J\u030C', 'A')).toEqual([]);
		expect(foreignCharacters('Q\u030C', 'A')).toEqual(['\u030C']);
		expect(foreignCharacters('L\u0325\u0304', 'A')).toEqual([]);
		expect(foreignCharacters('Straße 17', 'B')).toEqual([]);
		expect(foreignCharacters('½', 'B')).toEqual(['½']);
		expect(foreignCharacters('½', 'C')).toEqual([]);
	});
});

describe('Free text', () => {
	it('hints at characters the specialist system may not take', () => {
		expect(checkText('Firma Ж').hints).toEqual([{ rule: 'characters', details: { characters: 'Ж' } }]);
		expect(checkLongText('eins\nzwei ').value).toBe('eins\nzwei');
	});
	it('holds choices and numbers to their form', () => {
		expect(checkChoice('yes', ['yes', 'no']).errors).toEqual([]);
		expect(checkChoice('maybe', ['yes', 'no']).errors).toEqual([{ rule: 'choice-unknown' }]);
		expect(checkNumber('12').value).toBe('12');
		expect(checkNumber('-1').errors).toEqual([{ rule: 'number-format' }]);
	});
});

describe('PLZ and Ort', () => {
	it('proposes the digits of D-59494', () => {
		expect(checkPostalCode('D-59494', context).errors).toEqual([{ rule: 'postal-code-format', proposals: ['59494'] }]);
	});
	it('takes other codes abroad', () => {
		expect(checkPostalCode('1010', { answers: { country: 'Österreich' } })).toMatchObject({ errors: [], hints: [] });
		expect(checkPostalCode('1010', { answers: { country: 'Deutschland' } }).errors).toHaveLength(1);
	});
	it('knows the places of the town halls', () => {
		expect(placeExpected('58762', 'Altena')).toBeNull();
		expect(placeExpected('58762', 'Hagen')).toBe('Altena');
		expect(placeExpected('10115', 'Hagen')).toBeNull();
	});
});

describe('Hausnummer', () => {
	it.each([
		['61 - 61s', '61 - 61s'],
		['2 1/3', '2 1/3'],
		['12–14', '12-14'],
		['o. Nr.', 'ohne'],
		['ohne', 'ohne']
	])('%s → %s', (input, value) => {
		expect(checkHouseNumber(input)).toEqual({ value, errors: [], hints: [] });
	});
	it.each(['a', '1aa', '-1', '1,5', 'Haus'])('%s is none', (input) => {
		expect(checkHouseNumber(input).errors).toEqual([{ rule: 'house-number-format' }]);
	});
});

describe('Telefon', () => {
	it.each([
		['030/23125000', '030 23125000'],
		['(030) 23 12 50 00', '030 23125000'],
		['+49 (0)30 23125000', '+49 30 23125000'],
		['0049 30 23125000', '+49 30 23125000'],
		['+4930 23125000', '+49 30 23125000'],
		['+43 1 2345678', '+43 1 2345678'],
		['015228817386', '015228817386']
	])('%s → %s', (input, value) => {
		expect(checkPhone(input)).toEqual({ value, errors: [], hints: [] });
	});
	it.each([
		['030 abc', 'phone-format'],
		['+49', 'phone-length'],
		['+1 23', 'phone-length'],
		['0301234567890123', 'phone-length']
	])('%s: %s', (input, rule) => {
		expect(checkPhone(input).errors).toEqual([{ rule }]);
	});
});

describe('E-Mail', () => {
	it.each(['e.mustermann@example.org', 'erika+kfz@müller.example', "o'neill@mail.example.de"])('%s passes', (input) => {
		expect(checkEmail(input)).toEqual({ value: input, errors: [], hints: [] });
	});
	it.each(['erika', 'erika@', '@example.org', 'erika@example', 'a b@example.org', 'a@b@example.org', '.a@example.org'])(
		'%s is none',
		(input) => {
			expect(checkEmail(input).errors).toEqual([{ rule: 'email-format' }]);
		}
	);
	it('writes the provider small and mends it', () => {
		expect(checkEmail('Erika@GMIAL.com')).toEqual({
			value: 'Erika@gmial.com',
			errors: [],
			hints: [{ rule: 'email-domain', details: { domain: 'gmail.com' }, proposals: ['Erika@gmail.com'] }]
		});
	});
});
