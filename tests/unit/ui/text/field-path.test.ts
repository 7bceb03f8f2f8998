import { expect, it } from 'vitest';
import { newestForm } from '$lib/domain/forms/catalog';
import { pathLabel, pathValue } from '$lib/ui/text/field-path';

const form = newestForm('kfz-umschreibung');

it.each([
	['answers/familyName', 'Familienname'],
	['reentry/vin', 'FIN'],
	['papers/zb2', 'Zulassungsbescheinigung Teil II'],
	['notes/0123', 'Notiz'],
	['status', 'Status'],
	['answers/unheard', 'unheard'],
	['unheard', 'unheard']
])('calls %s „%s“', (path, label) => {
	expect(pathLabel(path, form)).toBe(label);
});

it.each([
	['answers/gender', 'female', 'weiblich'],
	['answers/birthDate', '1960-02-01', '01.02.1960'],
	['answers/city', '', 'keine Angabe'],
	['papers/zb1', 'not-needed', 'entfällt'],
	['status', 'query', 'Rückfrage'],
	['reentry/vin', true, 'ja'],
	['missing', ['zb1', 'vin'], 'Zulassungsbescheinigung Teil I, FIN'],
	['missing', [], 'keine Angabe'],
	['receipt', 2, '2']
] as const)('says %s with %j as „%s“', (path, value, words) => {
	expect(pathValue(path, value, form)).toBe(words);
});
