/** Names of natural persons by DIN 91379 data type A, in NFC. */
import { foreignCharacters } from './din91379';
import { failed, passed, tidy, type Checked } from './finding';

/**
 * Error: a character outside data type A. Registers of German offices keep no other (Cyrillic, digits, semicolons), so
 * such a name cannot be entered afterwards; the passport gives the Latin spelling. The value stays as typed otherwise:
 * no letter is made large or small.
 */
export function checkName(input: string): Checked {
	const value = tidy(input);
	const foreign = foreignCharacters(value, 'A');
	if (foreign.length === 0) return passed(value);
	return failed(value, { rule: 'name-characters', details: { characters: foreign.join(' ') } });
}
