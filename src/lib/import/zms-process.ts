/** One ZMS process (zmsentities, process.json) as facts: the citizen, the matter, and when. */
import type { ImportProblemReason } from '$lib/domain/appointment-import';
import type { Instant } from '$lib/domain/time';
import { berlinOf } from './berlin-time';
import type { GivenFacts } from './facts';
import { fieldOf, firstText, isTrue, listOf, textOf, wholeNumberOf } from './zms-fields';

export type ProcessReading =
	| { readonly type: 'taken'; readonly key: string; readonly changedAt: Instant | null; readonly given: GivenFacts }
	| { readonly type: 'left'; readonly reason: ImportProblemReason };

const PARTS = ['appointments', 'queue', 'clients', 'requests'];
const CANCELLED = ['deleted', 'cancelled', 'canceled'];
/** Slots that nobody has booked yet, or nobody may. */
const EMPTY = ['free', 'reserved', 'blocked', 'preconfirmed', 'anonymized'];
/** 1900 to 2199, in seconds: zones are known for these. */
const FIRST_SECOND = Date.UTC(1900, 0, 2) / 1000;
const LAST_SECOND = Date.UTC(2199, 11, 30) / 1000;

export const isProcess = (value: unknown): boolean =>
	!Array.isArray(value) && PARTS.some((part) => fieldOf(value, part) !== undefined);

export function processOf(process: unknown): ProcessReading {
	if (!isProcess(process)) return { type: 'left', reason: 'broken-row' };
	const start = startOf(process);
	if (typeof start === 'string') return { type: 'left', reason: start };
	const { date, time } = start;
	const status = firstText(fieldOf(process, 'status'), fieldOf(process, 'queue', 'status')).toLowerCase();
	const citizen = citizenOf(process);
	const nobody = citizen.name === '' && citizen.phone === '' && citizen.email === '';
	if (nobody && EMPTY.includes(status)) return { type: 'left', reason: 'no-content' };
	const when = {
		date,
		time,
		minutes: time === null ? null : minutesOf(process),
		cancelled: CANCELLED.includes(status)
	};
	const number = textOf(fieldOf(process, 'id')) || textOf(fieldOf(process, 'queue', 'number'));
	const changed = fieldOf(process, 'lastChange');
	return {
		type: 'taken',
		key: number === '' || number === '0' ? '' : `zms:${scopeIdOf(process)}:${date}:${number}`,
		changedAt: instantOf(changed),
		given: { ...when, ...citizen, ...matterOf(process) }
	};
}

/** Who walks in has no appointment, but came at a time. */
function startOf(process: unknown): Pick<GivenFacts, 'date' | 'time'> | ImportProblemReason {
	const withAppointment = fieldOf(process, 'queue', 'withAppointment');
	const isWalkIn = withAppointment !== undefined && withAppointment !== null && !isTrue(withAppointment);
	const booked = fieldOf(process, 'appointments', 0, 'date');
	const told = isWalkIn ? [fieldOf(process, 'queue', 'arrivalTime'), booked] : [booked];
	const instants = told.map(instantOf);
	const instant = instants.find((found) => found !== null);
	if (instant === undefined)
		return told.some((value) => textOf(value) !== '' && textOf(value) !== '0') ? 'date-unreadable' : 'no-date';
	const { date, time } = berlinOf(instant);
	return { date, time: isWalkIn && instants[0] === null ? null : time };
}

/** Unix seconds; 0 says: never. */
function instantOf(value: unknown): Instant | null {
	const seconds = wholeNumberOf(value);
	const isKnown = seconds !== null && seconds !== 0 && seconds >= FIRST_SECOND && seconds <= LAST_SECOND;
	return isKnown ? ((seconds * 1000) as Instant) : null;
}

function citizenOf(process: unknown): Pick<Required<GivenFacts>, 'name' | 'phone' | 'email'> {
	const client = fieldOf(process, 'clients', 0);
	return {
		name: textOf(fieldOf(client, 'familyName')),
		phone: textOf(fieldOf(client, 'telephone')),
		email: textOf(fieldOf(client, 'email'))
	};
}

function matterOf(process: unknown): Pick<Required<GivenFacts>, 'service' | 'note' | 'number' | 'place'> {
	const scope = fieldOf(process, 'scope');
	const own = fieldOf(process, 'appointments', 0, 'scope');
	const joined = (texts: readonly string[], separator: string): string =>
		texts.filter((text) => text !== '').join(separator);
	const names = [scope, own].flatMap((each) => [
		fieldOf(each, 'contact', 'name'),
		fieldOf(each, 'shortName'),
		fieldOf(each, 'provider', 'name')
	]);
	return {
		service: joined(
			listOf(fieldOf(process, 'requests')).map((request) => textOf(fieldOf(request, 'name'))),
			', '
		),
		note: joined(
			['amendment', 'customTextfield', 'customTextfield2'].map((name) => textOf(fieldOf(process, name))),
			'\n'
		),
		number: firstText(fieldOf(process, 'displayNumber'), fieldOf(process, 'queue', 'number'), fieldOf(process, 'id')),
		place: firstText(...names)
	};
}

/** Slots by their length; null where either is not told. */
function minutesOf(process: unknown): number | null {
	const appointment = fieldOf(process, 'appointments', 0);
	const slots = wholeNumberOf(fieldOf(appointment, 'slotCount')) ?? 0;
	const length = wholeNumberOf(fieldOf(appointment, 'availability', 'slotTimeInMinutes')) ?? 0;
	const minutes = slots * length;
	return minutes > 0 && minutes <= 24 * 60 ? minutes : null;
}

/** By its id, or by its reference: `scope/141/`. */
function scopeIdOf(process: unknown): string {
	const scopes = [fieldOf(process, 'scope'), fieldOf(process, 'appointments', 0, 'scope')];
	const references = scopes.map(
		(scope) => /(?:^|\/)scope\/(\d{1,12})(?:\/|$)/.exec(textOf(fieldOf(scope, '$ref')))?.[1]
	);
	return firstText(...scopes.map((scope) => fieldOf(scope, 'id')), ...references);
}
