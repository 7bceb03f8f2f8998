import { describe, expect, it } from 'vitest';
import { bookedBeside, checkCapacity, type Booking, type Proposal } from '$lib/domain/capacity';
import type { AppointmentId } from '$lib/domain/appointment';
import type { LocalTime } from '$lib/domain/appointment-import';
import type { LocalDate } from '$lib/domain/time';

const MONDAY = '2023-11-06' as LocalDate;
const SATURDAY = '2023-11-11' as LocalDate;
const at = (time: string) => time as LocalTime;
let next = 0;
const booked = (time: string | null, over: Partial<Booking> = {}): Booking => ({
	id: `id${next++}` as AppointmentId,
	date: MONDAY,
	time: time as LocalTime | null,
	minutes: null,
	status: 'confirmed',
	mergedInto: null,
	...over
});
const times = (count: number, time: string, over: Partial<Booking> = {}) =>
	Array.from({ length: count }, () => booked(time, over));
const proposal = (time: string, over: Partial<Proposal> = {}): Proposal => ({
	date: MONDAY,
	time: at(time),
	minutes: null,
	...over
});
const FOUR = { perSlot: 4, slotMinutes: 30 };

describe('the capacity of a slot', () => {
	it('is over where as many are booked as the office serves at a time', () => {
		const check = checkCapacity(times(4, '10:00'), FOUR, proposal('10:00'));
		expect(check).toEqual({
			slots: [{ time: '10:00', booked: 4 }],
			isOver: true,
			free: ['10:30', '11:00', '11:30', '12:00', '12:30']
		});
		expect(checkCapacity(times(3, '10:00'), FOUR, proposal('10:00')).isOver).toBe(false);
	});

	it('counts who begins within the slot, and who is still there', () => {
		const rows = [booked('10:10'), booked('09:30', { minutes: 45 }), booked('10:30')];
		expect(checkCapacity(rows, FOUR, proposal('10:20')).slots).toEqual([{ time: '10:00', booked: 2 }]);
	});

	it('counts none that is off, missed, a second entry, without a time, on another day, or the one that moves', () => {
		const moving = booked('10:00');
		const rows = [
			moving,
			booked('10:00', { status: 'cancelled' }),
			booked('10:00', { status: 'missed' }),
			booked('10:00', { mergedInto: moving.id }),
			booked(null),
			booked('10:00', { date: SATURDAY }),
			booked('10:00', { status: 'finished' })
		];
		expect(checkCapacity(rows, FOUR, proposal('10:00'), { except: moving.id }).slots).toEqual([
			{ time: '10:00', booked: 1 }
		]);
	});

	it('is asked of every slot a long one touches, and offers only what is free as long', () => {
		const check = checkCapacity(times(4, '11:00'), FOUR, proposal('10:30', { minutes: 60 }));
		expect(check.slots).toEqual([
			{ time: '10:30', booked: 0 },
			{ time: '11:00', booked: 4 }
		]);
		expect(check.isOver).toBe(true);
		expect(check.free[0]).toBe('11:30');
	});

	it('ends exactly where the next slot begins', () => {
		expect(checkCapacity([], FOUR, proposal('10:00', { minutes: 30 })).slots).toHaveLength(1);
		expect(checkCapacity([], FOUR, proposal('10:00', { minutes: 31 })).slots).toHaveLength(2);
	});

	it('is counted from eight, whatever the length of a slot', () => {
		const check = checkCapacity([], { perSlot: 1, slotMinutes: 45 }, proposal('09:00'));
		expect(check.slots).toEqual([{ time: '08:45', booked: 0 }]);
		expect(check.free.slice(0, 2)).toEqual(['09:30', '10:15']);
	});
});

describe('free slots', () => {
	it('fill up with earlier ones when the day ends', () => {
		const check = checkCapacity(times(4, '17:00'), FOUR, proposal('17:00'));
		expect(check.free).toEqual(['15:00', '15:30', '16:00', '16:30', '17:30']);
	});

	it('lie outside of eight to six only where others are booked there', () => {
		expect(checkCapacity([], FOUR, proposal('17:30')).free).not.toContain('18:00');
		expect(checkCapacity([booked('18:30')], FOUR, proposal('17:30')).free).toContain('18:30');
		expect(checkCapacity([], FOUR, proposal('10:00', { date: SATURDAY })).free).toEqual([]);
		const rows = [booked('09:00', { date: SATURDAY }), booked('10:00', { date: SATURDAY })];
		expect(checkCapacity(rows, FOUR, proposal('08:00', { date: SATURDAY })).free).toEqual(['09:00', '09:30', '10:00']);
	});

	it('are not over already', () => {
		const { free } = checkCapacity(times(4, '17:00'), FOUR, proposal('17:00'), { notBefore: at('16:10') });
		expect(free).toEqual(['16:30', '17:30']);
	});

	it('are none when all is full', () => {
		const rows = Array.from({ length: 20 }, (_, n) =>
			booked(`${String(8 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`)
		);
		expect(checkCapacity(rows, { perSlot: 1, slotMinutes: 30 }, proposal('10:00')).free).toEqual([]);
	});

	it('come to an end around midnight', () => {
		const check = checkCapacity([booked('23:45'), booked('00:05')], FOUR, proposal('23:45', { minutes: 60 }));
		expect(check.slots.map(({ time }) => time)).toEqual(['23:30']);
		expect(check.free.length).toBe(5);
	});
});

describe('without a capacity', () => {
	it('only tells how many are there at that time', () => {
		const rows = [
			booked('09:50', { minutes: 20 }),
			booked('10:00'),
			booked('10:15'),
			booked('10:00', { status: 'missed' })
		];
		expect(bookedBeside(rows, proposal('10:00'))).toBe(2);
		expect(bookedBeside(rows, proposal('10:00', { minutes: 30 }))).toBe(3);
	});
});
