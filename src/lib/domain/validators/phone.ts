/** Telefon: German and foreign numbers, written by DIN 5008 where the area code can be seen. */
import { failed, passed, tidy, type Checked } from './finding';

/** Numbers that nobody can be called back on, or that reach somebody else. */
const SERVICE_NUMBERS = ['110', '112', '115', '116116', '116117'];
const MAX_DIGITS = 15;
const MIN_FOREIGN_DIGITS = 7;

/**
 * Error: letters, or a count of digits that no number has (E.164). Hint: no area code, or a service number such as 115.
 * The value keeps the caller's grouping after the area code only: `030 23125000`, `+49 30 23125000`.
 */
export function checkPhone(input: string): Checked {
	const text = tidy(input).replace(/^\+ /, '+');
	if (text === '') return passed('');
	const compact = text.replace(/\(0\)/, '').replace(/[ ()/.\-‐‑–—]/g, '');
	if (!/^\+?[0-9]+$/.test(compact)) return failed(text, { rule: 'phone-format' });
	if (compact.startsWith('+') || compact.startsWith('00')) return checkInternational(text);
	if (SERVICE_NUMBERS.includes(compact)) return passed(compact, { rule: 'phone-emergency' });
	if (compact.length < 3 || compact.length > MAX_DIGITS) return failed(text, { rule: 'phone-length' });
	if (!compact.startsWith('0')) return passed(text, { rule: 'phone-no-area-code' });
	// Area code and subscriber: 2 to 13 digits after the nought; under five is hardly a number.
	if (compact.length > 14 || compact.length < 3) return failed(text, { rule: 'phone-length' });
	return passed(grouped(text, ''), ...(compact.length < 6 ? [{ rule: 'phone-short' } as const] : []));
}

function checkInternational(text: string): Checked {
	const rest = text
		.replace(/^(?:\+|00)/, '')
		.replace(/\(0\)/, ' ')
		.trim();
	const digits = rest.replace(/\D/g, '');
	if (digits.startsWith('49')) {
		const national = rest
			.replace(/^4[ ]?9/, '')
			.replace(/^[ ()/.\-‐‑–—]+/, '')
			.replace(/^0/, '');
		const count = national.replace(/\D/g, '').length;
		return count < 2 || count > 13
			? failed(text, { rule: 'phone-length' })
			: passed(`+49 ${grouped(national, '')}`, ...(count < 5 ? [{ rule: 'phone-short' } as const] : []));
	}
	return digits.length < MIN_FOREIGN_DIGITS || digits.length > MAX_DIGITS
		? failed(text, { rule: 'phone-length' })
		: passed(
				`+${rest
					.replace(/[()/.\-‐‑–—]/g, ' ')
					.replace(/ +/g, ' ')
					.trim()}`
			);
}

/** First group as typed, then everything else in one. */
function grouped(text: string, prefix: string): string {
	const groups = text.split(/[ ()/.\-‐‑–—]+/).filter((group) => group !== '');
	const [first = '', ...others] = groups;
	return prefix + (others.length === 0 ? first : `${first} ${others.join('')}`);
}
