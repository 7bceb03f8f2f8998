/** One VEVENT as it is told: its names, versions and moments, whatever comes of them. */
import type { ImportProblem } from '$lib/domain/appointment-import';
import type { Instant } from '$lib/domain/time';
import { DAY_MS, MINUTE_MS } from './berlin-time';
import { problemOf } from './facts';
import { fnv1a64 } from './fingerprint';
import type { IcsCut } from './ics-lines';
import { propertiesOf, type IcsProperty, type PropertiesReading } from './ics-properties';
import { firstMomentOf, instantAt, type IcsMoment } from './ics-time';
import type { FindZone } from './ics-zones';

export interface IcsEvent {
	readonly at: number;
	/** '' where it has none. */
	readonly uid: string;
	readonly sequence: number;
	readonly changedAt: Instant | null;
	readonly start: IcsMoment;
	readonly minutes: number | null;
	/** Which occurrence of a series it stands for; null: none. */
	readonly recurrence: IcsMoment | null;
	/** It repeats, or was meant to. */
	readonly isSeries: boolean;
	readonly cancelled: boolean;
	readonly properties: ReadonlyMap<string, readonly IcsProperty[]>;
	readonly title: string;
	readonly notes: readonly ImportProblem[];
}
export type EventReading = { readonly event: IcsEvent } | { readonly problem: ImportProblem };

/** Without these nobody knows when, or which: an event that has one of them broken is lost. */
const NEEDED = ['dtstart', 'uid', 'recurrence-id'];
const RULES = ['rrule', 'rdate', 'exdate'];
const MAX_UID_LENGTH = 255;

export function eventOf({ at, method, lines }: IcsCut, findZone: FindZone): EventReading {
	const reading = propertiesOf(lines);
	const { properties, rejected } = reading;
	const lost = NEEDED.map((name) => (properties.has(name) ? undefined : rejected.get(name))).find(
		(line) => line !== undefined
	);
	if (lost !== undefined) return { problem: problemOf('broken-event', at, lost) };
	const title = properties.get('summary')?.[0]?.values[0] ?? lines.find((line) => line.trim() !== '') ?? '';
	const startLine = properties.get('dtstart')?.[0];
	if (startLine === undefined) return { problem: problemOf('no-date', at, title) };
	const start = startOf(startLine, properties, findZone);
	if (start === null) return { problem: problemOf('date-unreadable', at, startLine.line) };
	const length = lengthOf(properties, start, findZone);
	const notes = [
		...(start.zone.isKnown ? [] : [problemOf('zone-unknown', at, startLine.line)]),
		...(start.timeLost ? [problemOf('time-unreadable', at, startLine.line)] : []),
		...RULES.flatMap((name) => rejected.get(name) ?? []).map((line) => problemOf('rule-unreadable', at, line)),
		...(length !== null && length < 0 ? [problemOf('end-before-start', at, endLine(properties))] : [])
	];
	const minutes = length !== null && length > 0 ? length : null;
	return { event: { at, start, minutes, title, notes, properties, ...identityOf(reading, method, findZone) } };
}

function identityOf({ properties, rejected }: PropertiesReading, method: string, findZone: FindZone) {
	const first = (name: string): string => properties.get(name)?.[0]?.values[0]?.trim() ?? '';
	const momentIn = (name: string): IcsMoment | null => {
		const property = properties.get(name)?.[0];
		return property === undefined ? null : firstMomentOf(property, findZone);
	};
	const changed = momentIn('last-modified') ?? momentIn('dtstamp');
	const uid = first('uid').replace(/\p{Cs}/gu, '\uFFFD');
	return {
		uid: uid.length > MAX_UID_LENGTH ? fnv1a64(uid) : uid,
		sequence: /^\d{1,9}$/.test(first('sequence')) ? Number(first('sequence')) : 0,
		changedAt: changed === null ? null : ((instantAt(changed) + changed.seconds * 1000) as Instant),
		recurrence: momentIn('recurrence-id'),
		isSeries: RULES.some((name) => properties.has(name) || rejected.has(name)),
		cancelled: method === 'CANCEL' || first('status').toUpperCase() === 'CANCELLED'
	};
}

type Properties = IcsEvent['properties'];

/** Exchange writes a whole day as midnight to midnight, and says beside it that it is one. */
function startOf(line: IcsProperty, properties: Properties, findZone: FindZone): IcsMoment | null {
	const start = firstMomentOf(line, findZone);
	const isDay = properties.get('x-microsoft-cdo-alldayevent')?.[0]?.raw.toUpperCase() === 'TRUE';
	return start !== null && isDay && start.wall % DAY_MS === 0 ? { ...start, isDay } : start;
}

const endLine = (properties: Properties): string =>
	(properties.get('dtend') ?? properties.get('duration'))?.[0]?.line ?? '';

/** Minutes, negative where the end is before the start; null: a whole day, or nothing that can be read. */
function lengthOf(properties: Properties, start: IcsMoment, findZone: FindZone): number | null {
	const end = properties.get('dtend')?.[0];
	if (start.isDay) return null;
	if (end === undefined) return minutesOf(properties.get('duration')?.[0]?.raw ?? '');
	const moment = firstMomentOf(end, findZone);
	if (moment === null || moment.isDay) return null;
	return Math.round((instantAt(moment) - instantAt(start)) / MINUTE_MS);
}

/** RFC 5545, 3.3.6: `PT1H30M`, `P1D`, `P2W`. */
function minutesOf(duration: string): number | null {
	const parts = /^([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:\d{1,8}S)?)?$/i.exec(
		duration
	);
	if (parts === null) return null;
	const [weeks = 0, days = 0, hours = 0, minutes = 0] = parts
		.slice(2)
		.map((part) => Number((part as string | undefined) ?? 0));
	return (parts[1] === '-' ? -1 : 1) * (((weeks * 7 + days) * 24 + hours) * 60 + minutes);
}
