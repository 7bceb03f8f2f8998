/** Texts of a file as facts: whole characters, no more than fit, and nothing lost in silence. */
import { expect, it } from 'vitest';
import { MAX_FACT_LENGTH, type LocalTime } from '$lib/domain/appointment-import';
import type { LocalDate } from '$lib/domain/time';
import { decideIntake } from '$lib/domain/appointment-intake';
import { factsOf, problemOf } from '$lib/import/facts';
import { requestId } from '../../fixtures/builders';

const when = { date: '2025-11-03' as LocalDate, time: '09:30' as LocalTime, minutes: 10, cancelled: false };

it('trims, and has an empty text where none was given', () => {
	expect(factsOf({ ...when, name: '\t Erika Mustermann \n', note: 'a\n\u0007 b' }, 3)).toEqual({
		facts: {
			...when,
			name: 'Erika Mustermann',
			phone: '',
			email: '',
			service: '',
			note: 'a\n\u0007 b',
			number: '',
			place: ''
		},
		notes: []
	});
});

it('cuts what is too long, and says so', () => {
	const { facts, notes } = factsOf(
		{ ...when, note: 'x'.repeat(MAX_FACT_LENGTH + 1), name: 'y'.repeat(MAX_FACT_LENGTH) },
		3
	);
	expect(facts.note).toHaveLength(MAX_FACT_LENGTH);
	expect(facts.name).toHaveLength(MAX_FACT_LENGTH);
	expect(notes).toEqual([{ at: 3, reason: 'text-cut', excerpt: 'x'.repeat(80) }]);
});

it('cuts no character in two', () => {
	const { facts } = factsOf({ ...when, note: `${'x'.repeat(MAX_FACT_LENGTH - 1)}😀` }, 3);
	expect(facts.note).toBe('x'.repeat(MAX_FACT_LENGTH - 1));
	expect(problemOf('no-date', 1, `${'x'.repeat(79)}😀`).excerpt).toBe('x'.repeat(79));
});

it('puts U+FFFD for half a character', () => {
	expect(factsOf({ ...when, name: 'Erika \uD83D M.😀' }, 3).facts.name).toBe('Erika \uFFFD M.😀');
});

it('cuts all texts where together they are more than an operation holds, and tells it', () => {
	const hostile = '\u0001'.repeat(2_000);
	const long = {
		name: hostile,
		phone: hostile,
		email: hostile,
		service: hostile,
		note: hostile,
		number: hostile,
		place: hostile
	};
	const { facts, notes } = factsOf({ ...when, ...long }, 7);
	expect(facts.name).toHaveLength(250);
	expect(notes).toMatchObject([{ at: 7, reason: 'text-cut' }]);
	const entry = { key: `uid:${'x'.repeat(100_000)}`, sequence: 0, changedAt: null, at: 7, facts };
	expect(decideIntake({ id: requestId(1), entry }, null)).toMatchObject({ ok: true });
	const wide = '漢'.repeat(2_000);
	const kept = factsOf({ ...when, name: wide, service: wide, note: wide }, 8);
	expect(kept.facts.note).toHaveLength(2_000);
	expect(kept.notes).toEqual([]);
	expect(decideIntake({ id: requestId(1), entry: { ...entry, facts: kept.facts } }, null)).toMatchObject({ ok: true });
});
