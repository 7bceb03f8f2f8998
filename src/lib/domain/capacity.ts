/** Whether the office can serve one more person at a time of a day, and when it could instead. Told, never forbidden. */
import type { LocalTime } from './appointment-import';
import type { AppointmentRow } from './appointment-row';
import type { Capacity } from './office-settings';
import type { LocalDate } from './time';

export interface Proposal {
	readonly date: LocalDate;
	readonly time: LocalTime;
	/** Length; null: one slot. */
	readonly minutes: number | null;
}
export interface SlotUse {
	readonly time: LocalTime;
	/** How many others are booked into it. */
	readonly booked: number;
}
export interface CapacityCheck {
	/** Each slot the proposal touches. */
	readonly slots: readonly SlotUse[];
	/** One of them would hold more than the office can serve at a time. */
	readonly isOver: boolean;
	/** Where there is room for it that day: up to five, in order; those behind the proposed time before earlier ones. */
	readonly free: readonly LocalTime[];
}

/** What of a row says when it is, and whether it still holds a place. */
export type Booking = Pick<AppointmentRow, 'id' | 'date' | 'time' | 'minutes' | 'status' | 'mergedInto'>;

const OPENS = 8 * 60;
const CLOSES = 18 * 60;
const DAY = 24 * 60;
const OFFERED = 5;
/** An appointment of which nobody knows how long it is, where nobody has said how long a slot is. */
const USUAL_MINUTES = 15;

/**
 * Slots are counted from eight o'clock. Free ones lie within eight to six on weekdays, and wherever else others are booked
 * that day. `notBefore`: minutes of that day which are over already. `except`: the appointment that moves.
 */
export function checkCapacity(
	rows: readonly Booking[],
	{ perSlot, slotMinutes }: Capacity,
	proposal: Proposal,
	{ except = null, notBefore = null }: { except?: Booking['id'] | null; notBefore?: LocalTime | null } = {}
): CapacityCheck {
	const use = slotUse(bookingsOf(rows, proposal.date, except), slotMinutes);
	const touched = slotsOf(minuteOf(proposal.time), proposal.minutes, slotMinutes);
	const fits = (start: number) =>
		slotsOf(start, proposal.minutes, slotMinutes).every((slot) => (use.get(slot) ?? 0) < perSlot);
	const slots = touched.map((slot) => ({ time: timeOf(slot), booked: use.get(slot) ?? 0 }));
	const starts = openSlots(proposal.date, use, slotMinutes).filter(
		(start) => start >= (notBefore === null ? 0 : minuteOf(notBefore)) && fits(start)
	);
	return { slots, isOver: slots.some(({ booked }) => booked >= perSlot), free: nearest(starts, proposal.time) };
}

/** How many others are there at some time of the proposal; for an office that has not said how many it serves at a time. */
export function bookedBeside(
	rows: readonly Booking[],
	proposal: Proposal,
	except: Booking['id'] | null = null
): number {
	const from = minuteOf(proposal.time);
	const to = from + (proposal.minutes ?? USUAL_MINUTES);
	return bookingsOf(rows, proposal.date, except).filter(
		({ start, minutes }) => start < to && start + (minutes ?? USUAL_MINUTES) > from
	).length;
}

/** Who is off, did not come, or is a second entry for somebody takes no place. */
const bookingsOf = (rows: readonly Booking[], date: LocalDate, except: Booking['id'] | null) =>
	rows.flatMap(({ id, date: day, time, minutes, status, mergedInto }) =>
		day === date &&
		time !== null &&
		id !== except &&
		mergedInto === null &&
		status !== 'cancelled' &&
		status !== 'missed'
			? [{ start: minuteOf(time), minutes }]
			: []
	);

/** Start of the slot → how many are booked into it. */
function slotUse(
	bookings: readonly { readonly start: number; readonly minutes: number | null }[],
	slotMinutes: number
): ReadonlyMap<number, number> {
	const use = new Map<number, number>();
	for (const { start, minutes } of bookings)
		for (const slot of slotsOf(start, minutes, slotMinutes)) use.set(slot, (use.get(slot) ?? 0) + 1);
	return use;
}

/** Starts of the slots that are touched; at least one, and none of the next day. */
function slotsOf(start: number, minutes: number | null, slotMinutes: number): number[] {
	const slots: number[] = [];
	const end = Math.min(start + Math.max(minutes ?? slotMinutes, 1), DAY);
	const first = OPENS + Math.floor((start - OPENS) / slotMinutes) * slotMinutes;
	// Without a length it is the one slot it begins in, even where it begins between two.
	if (minutes === null) return [Math.max(first, 0)];
	for (let slot = first; slot < end; slot += slotMinutes) slots.push(Math.max(slot, 0));
	return slots;
}

/** Starts of the slots in which people are served that day. */
function openSlots(date: LocalDate, use: ReadonlyMap<number, number>, slotMinutes: number): number[] {
	const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
	const booked = [...use.keys()];
	const isWorkday = weekday >= 1 && weekday <= 5;
	const from = Math.min(...booked, ...(isWorkday ? [OPENS] : []));
	const to = Math.max(...booked.map((slot) => slot + slotMinutes), ...(isWorkday ? [CLOSES] : []));
	const starts: number[] = [];
	for (let start = from; start + slotMinutes <= Math.min(to, DAY); start += slotMinutes) starts.push(start);
	return starts;
}

function nearest(starts: readonly number[], time: LocalTime): LocalTime[] {
	const at = minuteOf(time);
	const behind = starts.filter((start) => start > at).slice(0, OFFERED);
	const room = OFFERED - behind.length;
	const before = room > 0 ? starts.filter((start) => start < at).slice(-room) : [];
	return [...before, ...behind].map(timeOf);
}

const minuteOf = (time: LocalTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timeOf = (minute: number): LocalTime =>
	`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}` as LocalTime;
