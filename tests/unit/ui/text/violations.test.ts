import { expect, it } from 'vitest';
import { missingText, RULES, violationText } from '$lib/ui/text/violations';

const details = {
	characters: 'Ж',
	code: 'LÜD',
	place: 'Lüdenscheid',
	count: '9',
	max: '8',
	meant: 'LÜN',
	years: '115'
};

it.each(RULES)('%s is one sentence for a clerk', (rule) => {
	const text = violationText({ rule, details, proposals: ['SO-A 1'] }, 'Feldname');
	expect(text).toMatch(/[.?]$/);
	expect(text).not.toMatch(/undefined|\[object/);
	// Only one rule speaks of two fields at once.
	if (rule !== 'contact-missing') expect(text).toContain('„Feldname“');
	expect(text.length).toBeLessThan(220);
});

it('knows more than fifty rules, none of them twice', () => {
	expect(RULES.length).toBeGreaterThan(50);
	expect(new Set(RULES.map((rule) => violationText({ rule }, 'x'))).size).toBe(RULES.length);
});

it('asks about an abolished code', () => {
	expect(violationText({ rule: 'plate-code-legacy', details }, 'Kennzeichen')).toBe(
		'„Kennzeichen“: Unterscheidungszeichen LÜD (Lüdenscheid) wird nicht mehr vergeben – altes Kennzeichen?'
	);
});

it('offers what may have been meant', () => {
	expect(violationText({ rule: 'plate-ambiguous', proposals: ['HS-K 1', 'H-SK 1'] }, 'Kennzeichen')).toBe(
		'„Kennzeichen“ lässt sich verschieden lesen: HS-K 1 oder H-SK 1?'
	);
});

it('says what is missing, and something sensible of an unknown rule', () => {
	expect(missingText('FIN')).toBe('„FIN“ fehlt noch.');
	expect(violationText({ rule: 'from-a-newer-version' }, 'FIN')).toBe('„FIN“ bitte prüfen.');
});
