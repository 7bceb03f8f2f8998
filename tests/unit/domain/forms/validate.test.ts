import { describe, expect, it } from 'vitest';
import { FORMS } from '$lib/domain/forms/catalog';
import { changeOfHolder } from '$lib/domain/forms/change-of-holder';
import { newRegistration } from '$lib/domain/forms/new-registration';
import {
	allFields,
	initialAnswers,
	normaliseAnswer,
	pruneAnswers,
	validateAnswers,
	vehicleFieldIds,
	visibleFields,
	visiblePapers
} from '$lib/domain/forms/validate';
import type { LocalDate } from '$lib/domain/time';
import { completeAnswers } from '../../../fixtures/form-answers';

const today = '2023-11-02' as LocalDate;
const validate = (form: (typeof FORMS)[number], answers: { readonly [id: string]: string }) =>
	validateAnswers(form, answers, { today });

describe.each(FORMS.map((form) => [form.id, form] as const))('%s', (id, form) => {
	const answers = completeAnswers[id] ?? {};

	it('takes its complete example without errors, hints or anything missing', () => {
		expect(validate(form, answers)).toEqual({ errors: [], hints: [], missing: [] });
	});

	it('misses each required field of the example that is left empty', () => {
		const required = visibleFields(form, answers).filter((field) => field.required);
		expect(required.length).toBeGreaterThan(2);
		for (const field of required) {
			expect(validate(form, { ...answers, [field.id]: ' ' }).missing).toEqual([field.id]);
		}
	});

	it('says of an empty form only what is missing', () => {
		const { errors, missing } = validate(form, {});
		expect(errors).toEqual([]);
		expect(missing.length).toBeGreaterThan(1);
	});

	it('gives the same verdict on normalised answers as on typed ones', () => {
		const context = { today, answers };
		const normalised = Object.fromEntries(
			allFields(form).flatMap((field) =>
				answers[field.id] === undefined ? [] : [[field.id, normaliseAnswer(field, answers[field.id] ?? '', context)]]
			)
		);
		expect(validate(form, normalised)).toEqual({ errors: [], hints: [], missing: [] });
	});
});

describe('the holder', () => {
	const company = {
		...completeAnswers['kfz-umschreibung'],
		holderKind: 'company',
		companyName: 'Autohaus Beispiel GmbH & Co. KG'
	};

	it('is a firm without a person, whose answers are pruned', () => {
		expect(validate(changeOfHolder, company).missing).toEqual([]);
		const kept = pruneAnswers(changeOfHolder, company);
		expect(kept).toMatchObject({ holderKind: 'company', companyName: 'Autohaus Beispiel GmbH & Co. KG' });
		for (const id of ['familyName', 'givenNames', 'birthDate', 'birthPlace', 'gender'])
			expect(kept).not.toHaveProperty(id);
	});

	it('needs a trade when self-employed', () => {
		const answers = { ...completeAnswers['kfz-umschreibung'], holderKind: 'sole-trader' };
		expect(validate(changeOfHolder, answers).missing).toEqual(['trade']);
	});

	it('is a person when nobody chose', () => {
		expect(visibleFields(changeOfHolder, {}).map(({ id }) => id)).toContain('familyName');
	});
});

describe('what depends on other answers', () => {
	const answers = completeAnswers['kfz-umschreibung'] ?? {};

	it('asks for representative and power of attorney only when there is one', () => {
		expect(visiblePapers(changeOfHolder, answers).map(({ id }) => id)).not.toContain('power-of-attorney');
		const represented = { ...answers, representative: 'yes' };
		expect(visiblePapers(changeOfHolder, represented).map(({ id }) => id)).toContain('power-of-attorney');
		expect(validate(changeOfHolder, represented).missing).toEqual(['representativeName']);
		expect(
			pruneAnswers(changeOfHolder, { ...represented, representative: 'no', representativeName: 'Max' })
		).not.toHaveProperty('representativeName');
	});

	it('wants the register extract of firms and the old plates when they are not kept', () => {
		const papers = (more: { readonly [id: string]: string }) =>
			visiblePapers(changeOfHolder, { ...answers, ...more }).map(({ id }) => id);
		expect(papers({})).not.toContain('register-extract');
		expect(papers({ holderKind: 'company' })).toContain('register-extract');
		expect(papers({})).not.toContain('plates');
		expect(papers({ keepPlate: 'no' })).toContain('plates');
	});

	it('lets insurer and VB-Nummer together stand for the eVB', () => {
		const { evb: _evb, ...without } = answers;
		expect(validate(changeOfHolder, without).missing).toEqual(['evb']);
		expect(validate(changeOfHolder, { ...without, insurer: 'Beispiel AG' }).missing).toEqual(['evb']);
		const insured = { ...without, insurer: 'Beispiel AG', insuranceNumber: '12-34' };
		expect(validate(changeOfHolder, insured).missing).toEqual([]);
	});

	it('asks for telephone or e-mail by a hint', () => {
		const { phone: _phone, ...without } = answers;
		expect(validate(changeOfHolder, without).hints).toEqual([{ fieldId: 'phone', rule: 'contact-missing' }]);
		expect(validate(changeOfHolder, { ...without, email: 'erika@example.org' }).hints).toEqual([]);
	});

	it('wonders when PLZ and Ort do not belong together', () => {
		expect(validate(changeOfHolder, { ...answers, postalCode: '58762', city: 'Hagen' }).hints).toEqual([
			{ fieldId: 'city', rule: 'postal-code-place', details: { place: 'Altena' }, proposals: ['Altena'] }
		]);
	});

	it('takes a short chassis number once the first registration is known', () => {
		const old = { ...answers, vin: '115298473' };
		expect(validate(changeOfHolder, old).errors.map(({ rule }) => rule)).toEqual(['vin-length']);
		expect(validate(changeOfHolder, { ...old, firstRegistration: '1.5.1965' })).toMatchObject({
			errors: [],
			hints: [{ fieldId: 'vin', rule: 'vin-old' }]
		});
	});
});

it('refuses what is longer than its field', () => {
	const answers = { ...completeAnswers['kfz-neu'], street: 'x'.repeat(121) };
	expect(validate(newRegistration, answers).errors).toEqual([
		{ fieldId: 'street', rule: 'too-long', details: { max: '120' } }
	]);
});

it('prunes empty and unknown answers', () => {
	expect(pruneAnswers(newRegistration, { ...completeAnswers['kfz-neu'], artistName: ' ', plate: 'SO-AB 1' })).toEqual({
		...completeAnswers['kfz-neu']
	});
});

it('asks per vehicle what belongs to a vehicle', () => {
	expect(vehicleFieldIds(changeOfHolder)).toEqual(
		expect.arrayContaining(['plate', 'vin', 'evb', 'keepPlate', 'hsn', 'tsn', 'firstRegistration'])
	);
	expect(vehicleFieldIds(changeOfHolder)).not.toContain('familyName');
	expect(vehicleFieldIds(changeOfHolder)).not.toContain('iban');
});

it('begins with a person who keeps the plate', () => {
	expect(initialAnswers(changeOfHolder)).toEqual({ holderKind: 'person', keepPlate: 'yes', representative: 'no' });
});
