/** The day's list: who is next, what is proposed for merging, how old it is. */
import { describe, expect, it } from 'vitest';
import type { AppointmentRow, LocalTime } from '$lib/domain/appointment';
import {
	countDay,
	filterDay,
	listAge,
	mergeProposals,
	NO_DAY_FILTER,
	rowsOfDay,
	waitingInOrder
} from '$lib/domain/day-list';
import type { Instant, LocalDate } from '$lib/domain/time';
import { deviceId, MONDAY, staffId } from '../../fixtures/builders';
import { appointmentId, at, facts, THAT_MONDAY } from '../../support/appointment-counters';
import { anAppointment } from '../../support/invented-appointments';

const row = (n: number, over: Partial<AppointmentRow> = {}): AppointmentRow =>
	anAppointment(n, { ...facts(), id: appointmentId(n), importedAt: MONDAY, ...over });
/** MONDAY is 7:30 in Soest. */
const clockTime = (instant: Instant): LocalTime => at(new Date(instant + 3_600_000).toISOString().slice(11, 16));
const arrived = (time: string): Instant => Date.parse(`2026-03-02T${time}:00+01:00`) as Instant;
const ids = (rows: readonly AppointmentRow[]) => rows.map(({ id }) => id);

describe('who is next', () => {
	it('is due at the booked time, or on arrival when somebody comes late or without an appointment', () => {
		const rows = [
			row(1, { status: 'queued', time: at('10:00'), arrivedAt: arrived('09:00') }),
			row(2, { status: 'queued', time: at('09:00'), arrivedAt: arrived('09:40') }),
			row(3, { status: 'queued', origin: 'walk-in', time: at('09:20'), arrivedAt: arrived('09:20') }),
			row(4, { status: 'confirmed', time: at('08:00') }),
			row(5, { status: 'called', time: at('08:00'), arrivedAt: arrived('08:00') })
		];
		expect(ids(waitingInOrder(rows, clockTime))).toEqual([3, 2, 1].map(appointmentId));
	});

	it('with an appointment goes before without, at the same time', () => {
		const rows = [
			row(1, { status: 'queued', origin: 'walk-in', arrivedAt: arrived('09:30') }),
			row(2, { status: 'queued', time: at('09:30'), arrivedAt: arrived('09:10') })
		];
		expect(ids(waitingInOrder(rows, clockTime))).toEqual([2, 1].map(appointmentId));
	});

	it('is nobody who stands behind another entry', () => {
		expect(waitingInOrder([row(1, { status: 'queued', mergedInto: appointmentId(2) })], clockTime)).toEqual([]);
	});
});

describe('filters', () => {
	const rows = [
		row(1, { status: 'queued' }),
		row(2, { status: 'queued', service: 'Ausweis' }),
		row(3, { claims: [{ deviceId: deviceId(4), staffId: staffId(1) }] }),
		row(4, { date: '2026-03-03' as LocalDate }),
		row(5, { mergedInto: appointmentId(1) })
	];
	const ofDay = rowsOfDay(rows, THAT_MONDAY);

	it('show a day without what stands behind another entry', () => {
		expect(ids(ofDay)).toEqual([1, 2, 3].map(appointmentId));
	});

	it('count what each choice would leave beside the others', () => {
		const filter = { ...NO_DAY_FILTER, status: 'queued' as const };
		expect(ids(filterDay(ofDay, filter))).toEqual([1, 2].map(appointmentId));
		const counts = countDay(ofDay, filter);
		expect(Object.fromEntries(counts.status)).toEqual({ queued: 2, confirmed: 1 });
		expect(Object.fromEntries(counts.service)).toEqual({ Umschreibung: 1, Ausweis: 1 });
		expect(counts.counter.size).toBe(0);
		expect(ids(filterDay(ofDay, { ...NO_DAY_FILTER, counter: deviceId(4) }))).toEqual([appointmentId(3)]);
	});
});

describe('a reported appointment', () => {
	const reported = row(9, { origin: 'report', importedAt: null });

	it.each([
		['the same name', { name: 'MUSTERMANN, Erika' }],
		['the same name the other way round', { name: 'Erika Mustermann' }],
		['a longer name', { name: 'Mustermann-Beispiel, Erika Anna' }],
		['another time of the day', { time: at('15:00') }]
	])('is proposed beside one from a file with %s', (_, over) => {
		expect(mergeProposals([reported, row(1, over)])).toEqual([{ reported, candidates: [row(1, over)] }]);
	});

	it.each([
		['another day', { date: '2026-03-03' as LocalDate }],
		['another name', { name: 'Mustermann, Max' }],
		['no name at another time', { name: '', time: at('10:00') }],
		['a place behind another entry', { mergedInto: appointmentId(3) }]
	])('is not proposed beside one with %s', (_, over) => {
		expect(mergeProposals([reported, row(1, over)])).toEqual([]);
	});

	it('without a name is proposed beside one at the same time', () => {
		expect(mergeProposals([{ ...reported, name: '' }, row(1)])).toHaveLength(1);
	});

	it('told apart is proposed no more', () => {
		expect(mergeProposals([{ ...reported, notSame: [appointmentId(1)] }, row(1)])).toEqual([]);
	});
});

describe('the age of the list', () => {
	it('is that of the newest import, and reaches to the last day it tells of', () => {
		const rows = [row(1), row(2, { date: '2026-03-12' as LocalDate, importedAt: (MONDAY - 1_000) as Instant })];
		expect(listAge(rows, THAT_MONDAY, (MONDAY + 86_400_000) as Instant)).toEqual({
			importedAt: MONDAY,
			until: '2026-03-12',
			daysAhead: 10,
			isOld: false
		});
		expect(listAge(rows, THAT_MONDAY, (MONDAY + 86_400_001) as Instant)?.isOld).toBe(true);
	});

	it('is unknown where nothing was read in', () => {
		expect(listAge([row(1, { origin: 'report', importedAt: null })], THAT_MONDAY, MONDAY)).toBeNull();
	});
});
