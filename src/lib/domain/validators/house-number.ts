/** Hausnummer: digits with a letter, ranges and fractions, as „12a“, „61 - 61s“, „1 1/2 A“. */
import { failed, passed, tidy, type Checked } from './finding';

const FORM = /^\d+(?: ?[a-zA-Z])?(?:[ \-/]+\d+(?: ?[a-zA-Z])?)*$/;
const NONE = /^(?:ohne|keine|o\. ?nr\.?|0)$/i;

/** Error: anything else. Houses without a number are written „ohne“ (or 0). */
export function checkHouseNumber(input: string): Checked {
	const value = tidy(input).replace(/[‐‑–—]/g, '-');
	if (value === '') return passed('');
	if (NONE.test(value)) return passed('ohne');
	return FORM.test(value) ? passed(value) : failed(value, { rule: 'house-number-format' });
}
