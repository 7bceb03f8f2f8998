import { expect, it } from 'vitest';
import { countChoices, filterRows, NO_FILTER, type Day } from '$lib/ui/state/request-filter';
import { localDateOf } from '$lib/ui/text/format';
import { dayOf } from '$lib/ui/text/local-time';
import { aRow, at, NOW } from '../../../support/invented-view';

const day: Day = dayOf(localDateOf(NOW));
const rows = [
	aRow(1),
	aRow(2, { urgency: 'high' }),
	aRow(3, { status: 'done', formId: 'kfz-neu' }),
	aRow(4, { status: 'done', receivedAt: at('2023-11-05T23:59:00+01:00') })
];

it('shows everything, the very same list, while nothing is chosen', () => {
	expect(filterRows(rows, NO_FILTER, day)).toBe(rows);
});

it('shows what passes every chosen filter', () => {
	expect(filterRows(rows, { ...NO_FILTER, status: 'done', today: true }, day)).toEqual([rows[2]]);
	expect(filterRows(rows, { ...NO_FILTER, formId: 'kfz-neu' }, day)).toEqual([rows[2]]);
	expect(filterRows(rows, { ...NO_FILTER, urgency: 'high' }, day)).toEqual([rows[1]]);
});

it('takes the day of the town hall, not that of Greenwich', () => {
	const lateUtc = aRow(5, { receivedAt: at('2023-11-05T23:30:00Z') });
	expect(filterRows([lateUtc], { ...NO_FILTER, today: true }, day)).toEqual([lateUtc]);
});

it('counts what each choice would show beside the other filters', () => {
	const counts = countChoices(rows, { ...NO_FILTER, status: 'done' }, day);
	expect(Object.fromEntries(counts.status)).toEqual({ open: 2, done: 2 });
	expect(counts.today).toBe(1);
	expect(counts.formId.get('kfz-neu')).toBe(1);
	expect(counts.urgency.get('high')).toBeUndefined();
});
