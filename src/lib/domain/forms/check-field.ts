/** One field and what was typed into it: the validator of its kind. */
import { checkBirthDate, checkDate } from '../validators/date';
import { checkEmail } from '../validators/email';
import { checkEvb } from '../validators/evb';
import { failed, passed, type CheckContext, type Checked } from '../validators/finding';
import { checkHouseNumber } from '../validators/house-number';
import { checkHsn } from '../validators/hsn';
import { checkIban } from '../validators/iban';
import { checkMonth } from '../validators/month';
import { checkName } from '../validators/name';
import { checkPhone } from '../validators/phone';
import { checkPlate } from '../validators/plate';
import { checkPostalCode, isAbroad } from '../validators/postal-code';
import { checkChoice, checkLongText, checkNumber, checkText } from '../validators/text';
import { checkTsn } from '../validators/tsn';
import { checkVin } from '../validators/vin';
import { unreachable } from '../result';
import type { FieldDefinition } from './form';

const DEFAULT_MAX_LENGTH = 500;

/** Checks and normalises what was typed; nothing typed passes here, whether it is required is asked by `validateAnswers`. */
export function checkField(field: FieldDefinition, input: string, context: CheckContext): Checked {
	if (input.trim() === '') return passed('');
	const max = field.maxLength ?? DEFAULT_MAX_LENGTH;
	if (input.length > max) return failed(input, { rule: 'too-long', details: { max: String(max) } });
	return checkKind(field, input, context);
}

/** The answer as it is kept: yyyy-mm-dd, plates with hyphen, no blanks in numbers. What is not understood stays as typed. */
export const normaliseAnswer = (field: FieldDefinition, input: string, context: CheckContext): string =>
	checkField(field, input, context).value;

function checkKind(field: FieldDefinition, input: string, context: CheckContext): Checked {
	switch (field.kind) {
		case 'text':
			return checkText(input);
		case 'long-text':
			return checkLongText(input);
		case 'name':
			return checkName(input);
		case 'date':
			return checkDate(input, context, field.expect);
		case 'birth-date':
			return checkBirthDate(input, context);
		case 'month':
			return checkMonth(input, context, field.expect);
		case 'plate':
			return checkPlate(input);
		case 'vin':
			return checkVin(input, context);
		case 'hsn':
			return checkHsn(input);
		case 'tsn':
			return checkTsn(input);
		case 'evb':
			return checkEvb(input);
		case 'iban':
			return checkIban(input);
		case 'postal-code':
			return checkPostalCode(input, context);
		case 'house-number':
			// Abroad, house numbers have every form.
			return isAbroad(context.answers['country']) ? checkText(input) : checkHouseNumber(input);
		case 'phone':
			return checkPhone(input);
		case 'email':
			return checkEmail(input);
		case 'number':
			return checkNumber(input);
		case 'yes-no':
			return checkChoice(input, ['yes', 'no']);
		case 'choice':
			return checkChoice(
				input,
				(field.choices ?? []).map(({ value }) => value)
			);
		default:
			return unreachable(field.kind);
	}
}
