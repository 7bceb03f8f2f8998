/** IBAN, checked by ibantools: country, length, form and check digits. */
import { isSEPACountry, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { compactUpper, failed, passed, type Checked, type Finding } from './finding';

/** Error: an IBAN that cannot be. A foreign one is a hint: the mandate for the Kfz-Steuer must be in the SEPA area. */
export function checkIban(input: string): Checked {
	const value = compactUpper(input.replace(/-/g, ''));
	if (value === '') return passed('');
	const { valid, errorCodes } = validateIBAN(value);
	// What is not understood stays as typed, with its hyphens.
	if (!valid) return failed(compactUpper(input), findingOf(value, errorCodes));
	const country = value.slice(0, 2);
	if (country === 'DE') return passed(value);
	return passed(value, { rule: 'iban-foreign', details: { country, sepa: isSEPACountry(country) ? 'yes' : 'no' } });
}

function findingOf(value: string, codes: readonly ValidationErrorsIBAN[]): Finding {
	if (/[^A-Z0-9]/.test(value)) return { rule: 'iban-characters' };
	if (codes.includes(ValidationErrorsIBAN.NoIBANCountry)) return { rule: 'iban-country' };
	const finding: Finding = codes.includes(ValidationErrorsIBAN.WrongBBANLength)
		? { rule: 'iban-length', details: { count: String(value.length) } }
		: codes.includes(ValidationErrorsIBAN.WrongBBANFormat) || codes.includes(ValidationErrorsIBAN.ChecksumNotNumber)
			? { rule: 'iban-characters' }
			: { rule: 'iban-check-digits' };
	const mended = value.slice(0, 2) + value.slice(2).replace(/O/g, '0').replace(/[IL]/g, '1');
	return value.startsWith('DE') && mended !== value && validateIBAN(mended).valid
		? { ...finding, proposals: [mended] }
		: finding;
}
