/** Dates and times of a calendar file, as moments that Berlin can be told. */
import type { LocalTime } from '$lib/domain/appointment-import';
import type { Instant, LocalDate } from '$lib/domain/time';
import { berlinOf, DAY_MS, momentOf, wallAt, type WallTime } from './berlin-time';
import type { IcsProperty } from './ics-properties';
import { BERLIN_ZONE, UTC_ZONE, type FindZone, type Zone } from './ics-zones';

export interface IcsMoment {
	/** In its own zone, to the minute. */
	readonly wall: WallTime;
	/** Beyond the minute: only versions are told apart by them. */
	readonly seconds: number;
	readonly zone: Zone;
	/** A day without a time; never midnight. */
	readonly isDay: boolean;
	/** A time stands there that is none, so that only the day was taken. */
	readonly timeLost: boolean;
}
export interface LocalStart {
	readonly date: LocalDate;
	readonly time: LocalTime | null;
}

/** With the signs of ISO 8601 or without. */
const DATE_TIME = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\S*))?$/i;
const TIME = /^(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?(Z?)$/i;
/** Zones are known for these, and no appointment is outside. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** All moments of a property; those that are unreadable are left out. Of a PERIOD, its begin. */
export const momentsOf = (property: IcsProperty, findZone: FindZone): readonly IcsMoment[] =>
	property.raw.split(',').flatMap((value) => momentFrom(value.split('/')[0] ?? '', property, findZone) ?? []);

export const firstMomentOf = (property: IcsProperty, findZone: FindZone): IcsMoment | null =>
	momentFrom(property.raw, property, findZone);

function momentFrom(value: string, { parameters, isDate }: IcsProperty, findZone: FindZone): IcsMoment | null {
	const [, year, month, day, time] = DATE_TIME.exec(value.trim()) ?? [];
	if (year === undefined || Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return null;
	const midnight = wallAt(Number(year), Number(month), Number(day));
	if (midnight === null) return null;
	const isDay = time === undefined || isDate;
	if (isDay) return { wall: midnight, seconds: 0, zone: BERLIN_ZONE, isDay, timeLost: false };
	const [, hour, minute, second, utc] = TIME.exec(time) ?? [];
	const wall = wallAt(Number(year), Number(month), Number(day), Number(hour), Number(minute));
	if (wall === null || Number.isNaN(wall))
		return { wall: midnight, seconds: 0, zone: BERLIN_ZONE, isDay: true, timeLost: true };
	const tzid = typeof parameters.tzid === 'string' ? parameters.tzid : '';
	const zone = utc ? UTC_ZONE : tzid === '' ? BERLIN_ZONE : findZone(tzid);
	return { wall, seconds: Number(second ?? 0), zone, isDay: false, timeLost: false };
}

export function localStartOf({ wall, zone, isDay }: Pick<IcsMoment, 'wall' | 'zone' | 'isDay'>): LocalStart {
	return isDay ? { date: momentOf(wall).date, time: null } : berlinOf(zone.instantOf(wall));
}

export const instantAt = ({ wall, zone }: IcsMoment): Instant => zone.instantOf(wall);

/** Whether an occurrence of `series` is not after UNTIL, which is told in UTC while the series runs by its own wall. */
export function notAfter(series: IcsMoment, until: IcsMoment): (wall: WallTime) => boolean {
	if (until.isDay) return (wall) => wall < until.wall + DAY_MS;
	const last = instantAt(until);
	if (!series.isDay) return (wall) => series.zone.instantOf(wall) <= last;
	const { date } = berlinOf(last);
	return (wall) => momentOf(wall).date <= date;
}

/** `20251103T0930`, how a recurrence is named; a day is named by its midnight. */
export const stampOf = ({ date, time }: LocalStart): string =>
	`${date.replaceAll('-', '')}T${(time ?? '00:00').replace(':', '')}`;
