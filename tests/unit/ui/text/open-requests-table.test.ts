import { expect, it } from 'vitest';
import { openRequestTable } from '$lib/ui/text/open-requests-table';
import { aRequest, aRow } from '../../../support/invented-view';

const first = aRequest(aRow(1, { formId: 'kfz-umschreibung' }), {
	'answers/birthDate': '1960-02-01',
	'answers/gender': 'female',
	'papers/zb1': 'missing',
	missing: ['zb1', 'city'],
	note: 'eilt',
	'notes/1': 'Rückruf'
});
const second = aRequest(aRow(2, { formId: 'kfz-umschreibung' }), { 'answers/vin': 'WVWZZZ1JZXW000001' });

it('has a column for every question that any request answers, in words of the form', () => {
	const [head = [], one = [], two = []] = openRequestTable([first, second]);
	const cell = (row: readonly string[], label: string) => row[head.indexOf(label)];
	expect(cell(one, 'Geburtsdatum')).toBe('01.02.1960');
	expect(cell(one, 'Geschlecht')).toBe('weiblich');
	expect(cell(one, 'FIN')).toBe('');
	expect(cell(two, 'FIN')).toBe('WVWZZZ1JZXW000001');
	expect(cell(one, 'Anliegen')).toBe('Umschreibung / Halterwechsel');
	expect(cell(one, 'Unterlagen')).toBe('Zulassungsbescheinigung Teil I: fehlt');
	expect(cell(one, 'Es fehlt noch')).toBe('Zulassungsbescheinigung Teil I, Ort');
	expect(cell(one, 'Notiz')).toBe('eilt\nRückruf');
	expect(one).toHaveLength(head.length);
	expect(two).toHaveLength(head.length);
});

it('loses no answer of a form that this version does not know', () => {
	const [head = [], row = []] = openRequestTable([aRequest(aRow(3, { formId: 'later' }), { 'answers/colour': 'rot' })]);
	expect(row[head.indexOf('colour')]).toBe('rot');
});
