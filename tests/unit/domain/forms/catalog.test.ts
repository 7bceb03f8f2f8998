import { describe, expect, it } from 'vitest';
import { favouriteForms, formById, FORMS, newestForm, searchForms } from '$lib/domain/forms/catalog';
import { allFields } from '$lib/domain/forms/fields';

const found = (text: string): string[] => searchForms(text).map(({ id }) => id);

describe('finding a form by typing', () => {
	it.each([
		['umsch', 'kfz-umschreibung'],
		['ummelden', 'kfz-umschreibung'],
		['halterw', 'kfz-umschreibung'],
		['Auto anmelden', 'kfz-neu'],
		['auto abm', 'kfz-ausserbetrieb'],
		['Schild verloren', 'kfz-verlust-schild'],
		['tüv', 'kfz-wiederzulassung'],
		['tuev abgelaufen', 'kfz-wiederzulassung'],
		['uberfuhrung', 'kfz-kurzzeit'],
		['aussetrieb', undefined],
		['ausser', 'kfz-ausserbetrieb'],
		['Außer', 'kfz-ausserbetrieb'],
		['Fahrzeugbrief', 'kfz-ersatz-zb2'],
		['fahrzeugschein', 'kfz-ersatz-zb1'],
		['wunsch', 'kfz-wunsch'],
		['export', 'kfz-ausfuhr'],
		['zuzug', 'kfz-zuzug'],
		['adress', 'kfz-adresse'],
		['04er', 'kfz-kurzzeit']
	])('„%s“ finds %s first', (text, id) => {
		expect(found(text)[0]).toBe(id);
	});

	it('shows several where several are meant', () => {
		expect(found('auto anmelden')).toEqual(['kfz-neu', 'kfz-umschreibung', 'kfz-wiederzulassung']);
		expect(found('TÜV abgelaufen')).toEqual(['kfz-wiederzulassung', 'kfz-kurzzeit']);
	});

	it('shows all for nothing and none for nonsense', () => {
		expect(searchForms('  ')).toEqual(FORMS);
		expect(found('xyzzy')).toEqual([]);
	});
});

describe('every form', () => {
	it('is found by id and version', () => {
		for (const form of FORMS) {
			expect(formById(form.id, form.version)).toBe(form);
			expect(newestForm(form.id)).toBe(form);
		}
		expect(formById('kfz-neu', 99)).toBeNull();
		expect(newestForm('no-form')).toBeNull();
	});

	it('has nine favourites with the keys 1 to 9', () => {
		expect(favouriteForms().map(({ favourite }) => favourite)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	it.each(FORMS.map((form) => [form.id, form] as const))('%s has every id and label once', (_id, form) => {
		const ids = allFields(form).map(({ id }) => id);
		const labels = allFields(form).map(({ label }) => label);
		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(labels).size).toBe(labels.length);
		expect(new Set(form.papers.map(({ id }) => id)).size).toBe(form.papers.length);
	});

	it.each(FORMS.map((form) => [form.id, form] as const))('%s hangs only on fields and values it has', (_id, form) => {
		const conditions = [...form.sections, ...allFields(form), ...form.papers].flatMap((part) => part.visibleWhen ?? []);
		for (const { fieldId, oneOf } of conditions) {
			const choices =
				allFields(form)
					.find(({ id }) => id === fieldId)
					?.choices?.map(({ value }) => value) ?? [];
			for (const value of oneOf) expect(choices, `${fieldId} in ${form.id}`).toContain(value);
		}
		for (const id of allFields(form).flatMap(({ requiredUnless }) => requiredUnless ?? [])) {
			expect(allFields(form).map((field) => field.id)).toContain(id);
		}
	});

	it.each(FORMS.map((form) => [form.id, form] as const))('%s asks first what is required', (_id, form) => {
		const optionalSections = form.sections.map((section) => section.optional === true);
		expect(optionalSections).toEqual(optionalSections.toSorted((a, b) => Number(a) - Number(b)));
		for (const section of form.sections.filter(({ optional }) => optional)) {
			// Required there is only what an answer in the same section calls up.
			for (const field of section.fields.filter(({ required }) => required)) expect(field.visibleWhen).toBeDefined();
		}
	});

	it('asks for no number of an identity card (§ 20 PAuswG)', () => {
		for (const { id, label } of FORMS.flatMap(allFields)) {
			expect(`${id} ${label}`).not.toMatch(/ausweis|pass(?:port)?nummer|serial|identity/i);
		}
	});

	it('uses the agreed words', () => {
		const words: { readonly [id: string]: string } = {
			familyName: 'Familienname',
			birthName: 'Geburtsname',
			givenNames: 'Vornamen',
			birthDate: 'Geburtsdatum',
			birthPlace: 'Geburtsort',
			street: 'Straße',
			houseNumber: 'Hausnummer',
			postalCode: 'PLZ',
			city: 'Ort',
			phone: 'Telefon',
			email: 'E-Mail',
			plate: 'Kennzeichen',
			vin: 'FIN',
			hsn: 'HSN',
			tsn: 'TSN',
			evb: 'eVB-Nummer',
			iban: 'IBAN'
		};
		const fields = FORMS.flatMap(allFields);
		for (const [id, label] of Object.entries(words)) {
			const labels = new Set(fields.filter((field) => field.id === id).map((field) => field.label));
			expect([...labels], id).toEqual([label]);
		}
	});

	it('promises no plate', () => {
		const wish = newestForm('kfz-wunsch');
		expect(wish?.nextSteps).toContain('keine Zusage');
		expect(wish?.outageAdvice).toContain('teilt nie ein Kennzeichen zu');
	});
});
