/** Of an event that stands in a file several times, the version that counts. */
import type { IcsEvent } from './ics-event';
import { localStartOf, stampOf } from './ics-time';

export interface Versions {
	/** In the order of the file. */
	readonly events: readonly IcsEvent[];
	readonly superseded: readonly IcsEvent[];
}

/** The highest SEQUENCE, then the one changed last, then the one that stands last. Events without a UID are all different. */
export function withoutSuperseded(events: readonly IcsEvent[]): Versions {
	const newest = new Map<string, IcsEvent>();
	for (const event of events) {
		const known = newest.get(nameOf(event));
		if (known === undefined || !isOlder(event, known)) newest.set(nameOf(event), event);
	}
	const counts = new Set(newest.values());
	return {
		events: events.filter((event) => counts.has(event)),
		superseded: events.filter((event) => !counts.has(event))
	};
}

const nameOf = ({ uid, at, recurrence }: IcsEvent): string =>
	uid === '' ? `at ${String(at)}` : `uid ${recurrence === null ? '' : stampOf(localStartOf(recurrence))} ${uid}`;

function isOlder(event: IcsEvent, other: IcsEvent): boolean {
	if (event.sequence !== other.sequence) return event.sequence < other.sequence;
	return (event.changedAt ?? -Infinity) < (other.changedAt ?? -Infinity);
}
