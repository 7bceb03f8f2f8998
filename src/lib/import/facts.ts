/** Texts of a file become facts: trimmed, cut, whole characters only; what was cut is told. */
import {
	MAX_FACT_LENGTH,
	type AppointmentFacts,
	type ImportProblem,
	type ImportProblemReason
} from '$lib/domain/appointment-import';

type Texts = Pick<AppointmentFacts, 'name' | 'phone' | 'email' | 'service' | 'note' | 'number' | 'place'>;
type When = Pick<AppointmentFacts, 'date' | 'time' | 'minutes' | 'cancelled'>;
/** Texts as the file has them; left out: it has none. */
export type GivenFacts = When & Partial<Texts>;

export interface FactsReading {
	readonly facts: AppointmentFacts;
	/** One `text-cut` for each text that was too long. */
	readonly notes: readonly ImportProblem[];
}

const NO_TEXTS: Texts = { name: '', phone: '', email: '', service: '', note: '', number: '', place: '' };
const TEXT_NAMES = Object.keys(NO_TEXTS) as readonly (keyof Texts)[];
/** Of all texts together, as JSON spells them; in UTF-8 at most three times as many bytes. An operation holds 64 KiB. */
const MAX_TEXTS_LENGTH = 18_000;
const SHORT_FACT_LENGTH = 250;
const MAX_EXCERPT_LENGTH = 80;
/** With the flag u, only halves that lack their other half. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** `at`: row or event, from 1. */
export function factsOf(given: GivenFacts, at: number): FactsReading {
	const notes: ImportProblem[] = [];
	const texts = { ...NO_TEXTS };
	for (const name of TEXT_NAMES) {
		const text = tidy(given[name] ?? '');
		texts[name] = cut(text, MAX_FACT_LENGTH);
		if (text.length > MAX_FACT_LENGTH) notes.push(problemOf('text-cut', at, text));
	}
	// Signs that JSON spells out, in every text at once: still an operation must hold them.
	if (JSON.stringify(texts).length > MAX_TEXTS_LENGTH) {
		for (const name of TEXT_NAMES) texts[name] = cut(texts[name], SHORT_FACT_LENGTH);
		notes.push(problemOf('text-cut', at, texts.name));
	}
	const { date, time, minutes, cancelled } = given;
	return { facts: { date, time, minutes, ...texts, cancelled }, notes };
}

export const problemOf = (reason: ImportProblemReason, at: number | null, line: string): ImportProblem => ({
	at,
	reason,
	excerpt: cut(tidy(line), MAX_EXCERPT_LENGTH)
});

const tidy = (text: string): string => text.replace(LONE_SURROGATE, '\uFFFD').trim();

/** Never through the middle of a character, and trimmed still. */
function cut(text: string, length: number): string {
	if (text.length <= length) return text;
	const head = text.slice(0, length);
	return (/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head).trimEnd();
}
