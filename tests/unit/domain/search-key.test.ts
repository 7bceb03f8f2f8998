/** Search form of DIN 91379, against the published list of all its letters. */
import { describe, expect, it } from 'vitest';
import { searchForm } from '$lib/domain/search-key';
import list from '../../fixtures/vectors/din91379-search-form.json';

describe('searchForm', () => {
	it.each([
		['René Müller', 'RENE MUELLER'],
		['Rene Mueller', 'RENE MUELLER'],
		['Nœl Schmidt-Strauß', 'NOEL SCHMIDT-STRAUSS'],
		['Karl-Bröger Straße 17', 'KARL-BROEGER STRASSE 17'],
		['müller', 'MUELLER'],
		['MU\u0308LLER', 'MUELLER'],
		['STRAẞE', 'STRASSE'],
		['  Erika \t Mustermann ', 'ERIKA MUSTERMANN'],
		['SO-AB 123', 'SO-AB 123'],
		['', '']
	])('makes %j into %j', (text, expected) => {
		expect(searchForm(text)).toBe(expected);
	});

	it('agrees with the list on every letter and sequence', () => {
		const differing = Object.entries(list.map).filter(([letter, expected]) => searchForm(letter) !== expected);
		expect(differing).toEqual([]);
		expect(Object.keys(list.map)).toHaveLength(649);
	});

	it('changes nothing the second time', () => {
		for (const letter of Object.keys(list.map)) expect(searchForm(searchForm(letter))).toBe(searchForm(letter));
	});
});
