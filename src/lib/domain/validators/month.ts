/** A month such as „HU bis“: 05/25, 5.2025, 0525 or 2025-05 → yyyy-mm. */
import { failed, passed, tidy, type CheckContext, type Checked } from './finding';

/** A two-digit year is completed to the nearest century. `expect` future: a month gone by is a hint. */
export function checkMonth(input: string, context: CheckContext, expect?: 'past' | 'future'): Checked {
	const text = tidy(input);
	if (text === '') return passed('');
	const iso = /^([0-9]{4})-([0-9]{2})$/.exec(text);
	const typed =
		/^([0-9]{1,2}) ?[./-] ?([0-9]{4}|[0-9]{2})$/.exec(text) ??
		/^([0-9]{1,2}) ([0-9]{4}|[0-9]{2})$/.exec(text) ??
		/^([0-9]{2})([0-9]{4}|[0-9]{2})$/.exec(text) ??
		/^([0-9])([0-9]{2})$/.exec(text);
	const [month, year] = iso === null ? [typed?.[1], typed?.[2]] : [iso[2], iso[1]];
	if (month === undefined || year === undefined) return failed(text, { rule: 'month-format' });
	if (Number(month) < 1 || Number(month) > 12) return failed(text, { rule: 'month-impossible' });
	const value = `${wholeYear(year, context.today)}-${month.padStart(2, '0')}`;
	return expect === 'future' && value < context.today.slice(0, 7)
		? passed(value, { rule: 'month-past' })
		: passed(value);
}

function wholeYear(typed: string, today: string): string {
	if (typed.length === 4) return typed;
	const thisYear = Number(today.slice(0, 4));
	const near = Math.floor(thisYear / 100) * 100 + Number(typed);
	if (near - thisYear > 50) return String(near - 100);
	return String(thisYear - near > 50 ? near + 100 : near);
}
