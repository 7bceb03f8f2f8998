import { describe, expect, it } from 'vitest';
import type { LocalTime } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';
import {
	aboutWhen,
	callList,
	cancellable,
	concerned,
	countServices,
	countStatuses,
	lettersTo
} from '$lib/ui/state/call-list';
import { aContact, anAppointment, THE_DAY } from '../../../support/invented-appointments';

const ALL = { date: THE_DAY, service: null, status: null };
const LATER = '2023-11-09' as LocalDate;
const numbers = (rows: readonly { readonly number: string }[]) => rows.map(({ number }) => Number(number) - 100);

describe('what may be cancelled', () => {
	it('is still to come on that day, and no second entry and nobody without an appointment', () => {
		const rows = [
			anAppointment(1),
			anAppointment(2, { status: 'queued' }),
			anAppointment(3, { status: 'pending' }),
			anAppointment(4, { status: 'finished' }),
			anAppointment(5, { status: 'cancelled' }),
			anAppointment(6, { status: 'called' }),
			anAppointment(7, { mergedInto: anAppointment(1).id }),
			anAppointment(8, { origin: 'walk-in', status: 'queued' }),
			anAppointment(9, { date: LATER }),
			anAppointment(10, { service: 'Neuzulassung' })
		];
		expect(numbers(cancellable(rows, ALL))).toEqual([1, 2, 3, 10]);
		expect(numbers(cancellable(rows, { ...ALL, service: 'Neuzulassung' }))).toEqual([10]);
		expect(numbers(cancellable(rows, { ...ALL, status: 'queued' }))).toEqual([2]);
		expect([...countStatuses(rows, { ...ALL, status: 'queued' })]).toEqual([
			['confirmed', 2],
			['queued', 1],
			['pending', 1]
		]);
		expect([...countServices([...cancellable(rows, ALL), anAppointment(11, { service: '' })])]).toEqual([
			['Neuzulassung', 1],
			['Umschreibung', 3],
			['', 1]
		]);
	});
});

describe('the call list', () => {
	it('is of those cancelled, or of all who are concerned', () => {
		const rows = [
			anAppointment(1, { status: 'cancelled' }),
			anAppointment(2),
			anAppointment(3, { status: 'finished' }),
			anAppointment(4, { status: 'cancelled', mergedInto: anAppointment(1).id })
		];
		expect(numbers(concerned(rows, THE_DAY, 'cancelled'))).toEqual([1]);
		expect(numbers(concerned(rows, THE_DAY, 'all'))).toEqual([1, 2]);
	});

	it('keeps whom a call moved to another day, but nobody who was moved before without a call', () => {
		const bookedFor = { date: THE_DAY, time: '09:30' as LocalTime };
		const moved = anAppointment(1, {
			date: LATER,
			time: '14:00' as LocalTime,
			bookedFor,
			contact: aContact('new-appointment')
		});
		const longAgo = anAppointment(2, { date: LATER, bookedFor });
		expect(numbers(concerned([moved, longAgo], THE_DAY, 'cancelled'))).toEqual([1]);
		expect(aboutWhen(moved, THE_DAY)).toEqual(bookedFor);
		expect(aboutWhen(moved, LATER)).toEqual({ date: LATER, time: '14:00' });
	});

	it('has those never called first, then the ones not reached, the done ones last, and without a number apart', () => {
		const rows = [
			anAppointment(1, { contact: aContact('reached') }),
			anAppointment(2, { contact: aContact('not-reached') }),
			anAppointment(3),
			anAppointment(4, { phone: ' ' }),
			anAppointment(5)
		];
		const { calls, withoutNumber } = callList(rows);
		expect(numbers(calls)).toEqual([3, 5, 2, 1]);
		expect(numbers(withoutNumber)).toEqual([4]);
		expect(lettersTo(rows, 'no-number')).toHaveLength(1);
		expect(lettersTo(rows, 'not-reached')).toHaveLength(2);
		expect(lettersTo(rows, 'all')).toHaveLength(5);
	});
});
