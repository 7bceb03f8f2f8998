/** eVB-Nummer (elektronische Versicherungsbestätigung): seven characters, the first two name the insurer. */
import { compactUpper, failed, passed, type Checked, type Finding } from './finding';

const isEvb = (value: string): boolean => /^[A-HJ-NP-Z0-9]{7}$/.test(value);

/** Error: another length, or a sign that never occurs (I and O do not). How long it is valid cannot be known without the insurer. */
export function checkEvb(input: string): Checked {
	const value = compactUpper(input);
	if (value === '' || isEvb(value)) return passed(value);
	const wrong = [...new Set(value.replace(/[A-HJ-NP-Z0-9]/g, ''))];
	const mended = value.replace(/O/g, '0').replace(/I/g, '1').replace(/-/g, '');
	const finding: Finding =
		wrong.length > 0
			? { rule: 'evb-characters', details: { characters: wrong.join(' ') } }
			: { rule: 'evb-length', details: { count: String(value.length) } };
	return failed(value, isEvb(mended) ? { ...finding, proposals: [mended] } : finding);
}
