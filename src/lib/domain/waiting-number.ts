/** Waiting numbers of people who come without an appointment: a range of its own a device, so that two counters never give one twice. */
import type { JsonValue } from './operation';
import type { LocalDate } from './time';

/** `7KXM-12`: the device's four characters, which no other has, and a count that begins anew every day. */
export const buildWaitingNumber = (deviceCode: string, count: number): string => `${deviceCode}-${count}`;

/** The count in the number of a walk-in of this day; 0 for another day, or none. */
export function waitingNumberOf(walkIn: JsonValue, date: LocalDate): number {
	if (typeof walkIn !== 'object' || walkIn === null || !('date' in walkIn) || !('number' in walkIn)) return 0;
	const [, count] = /^[0-9A-Z]+-(\d{1,6})$/.exec(String(walkIn.number)) ?? [];
	return walkIn.date === date && count !== undefined ? Number(count) : 0;
}
