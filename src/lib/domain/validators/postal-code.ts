/** PLZ: five digits kept as text, for the leading nought. */
import { placeOfPostalCode } from '../places/postal-codes';
import { failed, passed, tidy, type CheckContext, type Checked } from './finding';

const SMALLEST = '01067';
const LARGEST = '99998';

/** Error: not five digits, or outside 01067–99998. With another `country` among the answers any code is taken, with a hint. */
export function checkPostalCode(input: string, context: Pick<CheckContext, 'answers'>): Checked {
	const value = tidy(input);
	if (value === '') return passed('');
	if (isAbroad(context.answers['country'])) {
		return passed(value, ...(/^[A-Z0-9 -]{2,12}$/i.test(value) ? [] : [{ rule: 'postal-code-foreign' } as const]));
	}
	if (!/^[0-9]{5}$/.test(value)) {
		const digits = /^(?:D|DE)?[- ]?([0-9]{5})$/i.exec(value)?.[1];
		return failed(value, { rule: 'postal-code-format', ...(digits === undefined ? {} : { proposals: [digits] }) });
	}
	if (value < SMALLEST || value > LARGEST) return failed(value, { rule: 'postal-code-range' });
	return passed(value);
}

/** The place that this code is known to belong to, when another one was typed. */
export function placeExpected(postalCode: string, city: string): string | null {
	const place = placeOfPostalCode(postalCode);
	if (place === null || city === '') return null;
	return fold(city).includes(fold(place)) ? null : place;
}

const fold = (text: string): string => text.normalize('NFC').toLowerCase();

const GERMANY = ['', 'd', 'de', 'deutschland', 'bundesrepublik deutschland', 'germany'];
export const isAbroad = (country: string | undefined): boolean => !GERMANY.includes(tidy(country ?? '').toLowerCase());
