/** Dates and birth dates: typed text → yyyy-mm-dd, held against the calendar. */
import { readDate, type DateReading } from './calendar-date';
import { failed, passed, tidy, type CheckContext, type Checked, type Finding } from './finding';

const FULL_AGE = 18;
const VERY_OLD = 110;
/** Outside these a date is a slip of the fingers. */
const FIRST_YEAR = '1850';
const LAST_YEAR = '2150';

/**
 * Any date but a birth date. A two-digit year is completed to the nearest sensible one: 25 in 2026 is 2025, 60 is 2060
 * or 1960, whichever lies nearer. Unknown parts are an error. `expect`: a date on the other side of today is a hint.
 */
export function checkDate(input: string, context: CheckContext, expect?: 'past' | 'future'): Checked {
	const text = tidy(input);
	if (text === '') return passed('');
	const reading = readDate(text, context.today, 'nearest', false);
	if (reading.type !== 'date') return failed(text, readingError(reading, text));
	const { value } = reading;
	if (isOutOfRange(value)) return failed(value, { rule: 'date-year' });
	if (expect === 'past' && value > context.today) return passed(value, { rule: 'date-future' });
	if (expect === 'future' && value < context.today) return passed(value, { rule: 'date-past' });
	return passed(value);
}

/**
 * A birth date. A two-digit year is completed so that the date lies in the past, as late as possible: 60 is 1960, and in
 * 2026 the 25 is 2025. Day, or day and month, may be unknown (00.00.1960, 00.05.1960), as registers keep them; so may all
 * of it (00.00.0000). Error: a day that does not exist, or lies in the future.
 */
export function checkBirthDate(input: string, context: CheckContext): Checked {
	const text = tidy(input);
	if (text === '') return passed('');
	const reading = readDate(text, context.today, 'past', true);
	if (reading.type !== 'date') return failed(text, readingError(reading, text));
	const { value } = reading;
	if (value === '0000-00-00') return passed(value, { rule: 'date-partial' });
	// „00“ sorts before every day, so a birth in this year with unknown parts is not in the future.
	if (value > context.today) return failed(value, { rule: 'birth-date-future' });
	if (isOutOfRange(value)) return failed(value, { rule: 'date-year' });
	return passed(value, ...birthHints(value, context));
}

function birthHints(value: string, { today }: CheckContext): readonly Finding[] {
	const years = Number(today.slice(0, 4)) - Number(value.slice(0, 4)) - (today.slice(5) < value.slice(5) ? 1 : 0);
	return [
		...(value.endsWith('-00') ? [{ rule: 'date-partial' } as const] : []),
		...(years < FULL_AGE ? [{ rule: 'birth-date-minor' } as const] : []),
		...(years > VERY_OLD ? [{ rule: 'birth-date-very-old', details: { years: String(years) } } as const] : [])
	];
}

const isOutOfRange = (value: string): boolean => value < FIRST_YEAR || value.slice(0, 4) > LAST_YEAR;

function readingError(reading: Exclude<DateReading, { type: 'date' }>, text: string): Finding {
	if (reading.type === 'ambiguous') {
		return { rule: 'date-ambiguous', proposals: reading.values.map(germanDate) };
	}
	// A day or month of 00 in a date that must be whole, or a day known with its month unknown.
	return { rule: reading.type === 'not-a-date' || text === '' ? 'date-format' : 'date-impossible' };
}

/** yyyy-mm-dd → TT.MM.JJJJ; anything else stays. */
export const germanDate = (value: string): string => value.replace(/^([0-9]{4})-([0-9]{2})-([0-9]{2})$/, '$3.$2.$1');
