/** The occurrences of one event within the window: itself, or what its rules, added and excluded dates come to. */
import type { ImportProblem } from '$lib/domain/appointment-import';
import type { LocalDate } from '$lib/domain/time';
import { DAY_MS, type WallTime } from './berlin-time';
import { problemOf } from './facts';
import type { IcsEvent } from './ics-event';
import { expand, MAX_OCCURRENCES, type Budget } from './ics-expansion';
import { ruleOf } from './ics-rule';
import { localStartOf, momentsOf, notAfter, stampOf, type IcsMoment, type LocalStart } from './ics-time';
import type { FindZone } from './ics-zones';

export interface ImportWindow {
	readonly from: LocalDate;
	readonly to: LocalDate;
}
export interface Occurrences {
	/** By the stamp that names it within the series; ascending. */
	readonly startByStamp: ReadonlyMap<string, LocalStart>;
	readonly notes: readonly ImportProblem[];
}

export const isWithin = ({ date }: LocalStart, { from, to }: ImportWindow): boolean => date >= from && date <= to;

export function occurrencesOf(event: IcsEvent, window: ImportWindow, findZone: FindZone, budget: Budget): Occurrences {
	const { moments, notes } = struckMoments(event, window, findZone, budget);
	const excluded = excludedBy(event, findZone);
	const startByStamp = new Map<string, LocalStart>();
	for (const moment of moments.sort((a, b) => a.wall - b.wall)) {
		const start = localStartOf(moment);
		const stamp = stampOf(start);
		if (isWithin(start, window) && !excluded.has(stamp) && !excluded.has(start.date)) startByStamp.set(stamp, start);
	}
	return { startByStamp, notes };
}

interface Struck {
	readonly moments: IcsMoment[];
	readonly notes: readonly ImportProblem[];
}

function struckMoments(event: IcsEvent, window: ImportWindow, findZone: FindZone, budget: Budget): Struck {
	const { at, start, properties } = event;
	const added = (properties.get('rdate') ?? []).flatMap((property) => momentsOf(property, findZone));
	const moments = added.slice(0, MAX_OCCURRENCES).map((moment) => ({ ...moment, isDay: start.isDay || moment.isDay }));
	const notes: ImportProblem[] = [];
	const rules = properties.get('rrule') ?? [];
	if (rules.length === 0) moments.unshift(start);
	let isCut = added.length > MAX_OCCURRENCES;
	for (const property of rules) {
		const rule = ruleOf(property, findZone);
		if (rule === null) {
			notes.push(problemOf('rule-unreadable', at, property.line));
			moments.unshift(start);
			continue;
		}
		const expansion = expand(rule, start.wall, spanOf(window), budget);
		const isIn = rule.until === null ? () => true : notAfter(start, rule.until);
		moments.push(...expansion.walls.filter(isIn).map((wall) => ({ ...start, wall })));
		isCut ||= expansion.isCut;
	}
	if (isCut) notes.push(problemOf('series-cut', at, rules[0]?.line ?? event.title));
	return { moments, notes };
}

/** Stamps, and days where only a day is told. */
function excludedBy({ properties, start }: IcsEvent, findZone: FindZone): ReadonlySet<string> {
	const moments = (properties.get('exdate') ?? []).flatMap((property) => momentsOf(property, findZone));
	return new Set(
		moments.map((moment) => {
			const local = localStartOf(moment);
			return moment.isDay || start.isDay ? local.date : stampOf(local);
		})
	);
}

/** A day more on both sides: the wall of the series may hang in another zone. */
function spanOf({ from, to }: ImportWindow): { readonly from: WallTime; readonly to: WallTime } {
	return { from: (Date.parse(from) - DAY_MS) as WallTime, to: (Date.parse(to) + 2 * DAY_MS) as WallTime };
}
