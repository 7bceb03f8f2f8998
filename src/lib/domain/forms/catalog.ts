/** Every form by id and version, and finding one by what citizens say. */
import { changeOfAddress } from './change-of-address';
import { changeOfHolder } from './change-of-holder';
import { deregistration } from './deregistration';
import { exportPlate } from './export-plate';
import type { FormDefinition } from './form';
import { newRegistration } from './new-registration';
import { plateLoss } from './plate-loss';
import { plateWish } from './plate-wish';
import { reRegistration } from './re-registration';
import { relocation } from './relocation';
import { replacementZb1 } from './replacement-zb1';
import { replacementZb2 } from './replacement-zb2';
import { shortTermPlate } from './short-term-plate';

/** In the order in which they are listed. An older version of a form stays here as long as requests of it are kept. */
export const FORMS: readonly FormDefinition[] = [
	newRegistration,
	changeOfHolder,
	deregistration,
	reRegistration,
	changeOfAddress,
	relocation,
	shortTermPlate,
	exportPlate,
	plateLoss,
	replacementZb1,
	replacementZb2,
	plateWish
];

export const formById = (id: string, version: number): FormDefinition | null =>
	FORMS.find((form) => form.id === id && form.version === version) ?? null;

/** The form a new request is taken with. */
export const newestForm = (id: string): FormDefinition | null =>
	FORMS.filter((form) => form.id === id).toSorted((a, b) => b.version - a.version)[0] ?? null;

/** Those with a number key, by number. */
export const favouriteForms = (): readonly FormDefinition[] =>
	FORMS.filter((form) => form.favourite !== undefined).toSorted((a, b) => (a.favourite ?? 0) - (b.favourite ?? 0));

/**
 * Forms that fit what was typed, best first; nothing typed: all. Every word typed must begin a word of the title or of one
 * synonym (or stand inside one, which ranks last). ü, ue and u are the same here, as are ß and ss.
 */
export function searchForms(text: string): readonly FormDefinition[] {
	const words = wordsOf(text);
	if (words.length === 0) return FORMS;
	return ranked(words)
		.toSorted((a, b) => a.rank - b.rank || a.order - b.order)
		.map(({ form }) => form);
}

/** The one form that a booked service can mean: it alone fits best, and by whole beginnings of words. Null: a person chooses. */
export function formMeant(service: string): FormDefinition | null {
	const words = wordsOf(service);
	if (words.length === 0) return null;
	const fitting = ranked(words);
	const best = Math.min(...fitting.map(({ rank }) => rank));
	const [first, ...others] = fitting.filter(({ rank }) => rank === best);
	return first && others.length === 0 && best < INSIDE ? first.form : null;
}

const ranked = (words: readonly string[]) =>
	FORMS.map((form, order) => ({ form, order, rank: rankOf(form, words) })).filter(({ rank }) => rank < NO_MATCH);

/** Words that only stand inside other words. */
const INSIDE = 6;
const NO_MATCH = 100;

function rankOf(form: FormDefinition, words: readonly string[]): number {
	const names = [form.title, ...form.synonyms];
	return Math.min(...names.map((name, at) => matchRank(wordsOf(name), words) + (at === 0 ? 0 : 1)));
}

/** 0: begins with what was typed · 2: all typed words begin words of it · 6: they stand inside words. */
function matchRank(name: readonly string[], words: readonly string[]): number {
	if (name.join(' ').startsWith(words.join(' '))) return 0;
	if (words.every((word) => name.some((part) => part.startsWith(word)))) return 2;
	if (words.every((word) => word.length > 2 && name.some((part) => part.includes(word)))) return INSIDE;
	return NO_MATCH;
}

/** One spelling for ü, ue and u: the umlaut's e is dropped everywhere, which costs nothing in so short a list. */
const wordsOf = (text: string): readonly string[] =>
	text
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/([aou])e/g, '$1')
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== '');
