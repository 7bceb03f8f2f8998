/** What an import changes of an appointment, old beside new. */
import type { AppointmentFacts } from '$lib/domain/appointment-import';
import type { FactsBefore } from '$lib/domain/appointment-intake';
import { formatLocalDate } from './format';

export interface FactChange {
	readonly label: string;
	readonly was: string;
	readonly now: string;
}

/** In the order of the list; that it is off now says its badge. */
const LABELS = {
	date: 'Datum',
	time: 'Zeit',
	minutes: 'Dauer',
	name: 'Name',
	service: 'Anliegen',
	number: 'Nummer',
	phone: 'Telefon',
	email: 'E-Mail',
	place: 'Ort',
	note: 'Notiz'
} as const;
type Told = keyof typeof LABELS;
/** A note may be long; who wants all of it looks at the appointment. */
const MAX_LENGTH = 80;

export const changeWords = { was: 'vorher', now: 'jetzt' } as const;

export const factChanges = (was: FactsBefore, now: AppointmentFacts): readonly FactChange[] =>
	(Object.keys(LABELS) as Told[])
		.filter((fact) => was[fact] !== undefined)
		.map((fact) => ({ label: LABELS[fact], was: wordsOf(fact, was), now: wordsOf(fact, now) }));

function wordsOf(fact: Told, facts: FactsBefore): string {
	if (fact === 'date') return facts.date === undefined ? '' : formatLocalDate(facts.date);
	if (fact === 'time') return facts.time ?? 'ohne Zeit';
	if (fact === 'minutes') return facts.minutes == null ? 'ohne Dauer' : `${facts.minutes} Minuten`;
	const text = facts[fact] ?? '';
	if (text === '') return 'leer';
	return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH).trimEnd()} …` : text;
}
