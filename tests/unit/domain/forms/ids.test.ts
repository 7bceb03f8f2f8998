import { expect, it } from 'vitest';
import { FORMS } from '$lib/domain/forms/catalog';
import { allFields } from '$lib/domain/forms/validate';

it.each(FORMS)('$id gives no paper the id of a field: both stand in one list of what is lacking', (form) => {
	const fields = new Set(allFields(form).map(({ id }) => id));
	expect(form.papers.filter(({ id }) => fields.has(id))).toEqual([]);
});
