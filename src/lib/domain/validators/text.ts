/** Free text, choices and plain numbers: what has no form of its own. */
import { foreignCharacters } from './din91379';
import { failed, passed, tidy, type Checked, type Finding } from './finding';

/** One line. A character outside DIN 91379 data type C is a hint: the specialist system may not take it. */
export function checkText(input: string): Checked {
	const value = tidy(input);
	return passed(value, ...foreignHint(value));
}

/** Many lines: line breaks stay. */
export function checkLongText(input: string): Checked {
	const value = input.normalize('NFC').trim();
	return passed(value, ...foreignHint(value));
}

export function checkChoice(input: string, allowed: readonly string[]): Checked {
	const value = input.trim();
	return value === '' || allowed.includes(value) ? passed(value) : failed(value, { rule: 'choice-unknown' });
}

/** A whole number without sign. */
export function checkNumber(input: string): Checked {
	const value = input.replace(/\s+/gu, '');
	return /^[0-9]{0,9}$/.test(value) ? passed(value) : failed(value, { rule: 'number-format' });
}

function foreignHint(value: string): readonly Finding[] {
	const foreign = foreignCharacters(value, 'C');
	return foreign.length === 0 ? [] : [{ rule: 'characters', details: { characters: foreign.join(' ') } }];
}
