import { expect, it } from 'vitest';
import type { LocalDate } from '$lib/domain/time';
import { listAsOf, sheetRows } from '$lib/ui/state/day-sheet';
import { printOffer } from '$lib/ui/state/print-offer';
import { at } from '../../../support/invented-view';
import { anAppointment, THE_DAY } from '../../../support/invented-appointments';

const YESTERDAY = '2023-11-05' as LocalDate;

it('is made once a day', () => {
	const rows = [anAppointment(1), anAppointment(2)];
	expect(printOffer(null, THE_DAY, rows)).toBe(2);
	expect(printOffer(YESTERDAY, THE_DAY, rows)).toBe(2);
	expect(printOffer(THE_DAY, THE_DAY, rows)).toBeNull();
});

it('is not made where nobody is expected', () => {
	const rows = [
		anAppointment(1, { date: YESTERDAY }),
		anAppointment(2, { status: 'cancelled' }),
		anAppointment(3, { origin: 'walk-in' }),
		anAppointment(4, { mergedInto: anAppointment(1).id })
	];
	expect(printOffer(null, THE_DAY, rows)).toBeNull();
});

it('leads to a sheet of everybody, and says as of when', () => {
	const rows = [
		anAppointment(1),
		anAppointment(2, { status: 'cancelled', importedAt: at('2023-11-06T07:10:00+01:00') }),
		anAppointment(3, { mergedInto: anAppointment(1).id }),
		anAppointment(4, { importedAt: null })
	];
	expect(sheetRows(rows, THE_DAY).map(({ number }) => number)).toEqual(['101', '102', '104']);
	expect(listAsOf(sheetRows(rows, THE_DAY))).toBe(at('2023-11-06T07:10:00+01:00'));
	expect(listAsOf([anAppointment(4, { importedAt: null })])).toBeNull();
});
