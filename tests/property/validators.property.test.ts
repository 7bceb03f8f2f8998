/** Laws of all validators: checking is repeatable, and what the law allows is taken. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMS } from '$lib/domain/forms/catalog';
import { checkField } from '$lib/domain/forms/check-field';
import { allFields, pruneAnswers, visibleFields } from '$lib/domain/forms/fields';
import type { FieldDefinition, FieldKind } from '$lib/domain/forms/form';
import { validateAnswers } from '$lib/domain/forms/validate';
import { plateCodes, isAuthorityOnlyCode } from '$lib/domain/places/plate-codes';
import { checkBirthDate, checkDate, germanDate } from '$lib/domain/validators/date';
import { checkEvb } from '$lib/domain/validators/evb';
import type { CheckContext } from '$lib/domain/validators/finding';
import { checkIban } from '$lib/domain/validators/iban';
import { checkPlate } from '$lib/domain/validators/plate';
import { checkVin } from '$lib/domain/validators/vin';
import type { LocalDate } from '$lib/domain/time';

const options = {
	numRuns: Number(process.env['RUNS'] ?? 100),
	...(process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) })
};
const context: CheckContext = { today: '2023-11-02' as LocalDate, answers: {} };

const KINDS: readonly FieldKind[] = [
	'text',
	'name',
	'date',
	'birth-date',
	'plate',
	'vin',
	'hsn',
	'tsn',
	'evb',
	'iban',
	'postal-code',
	'house-number',
	'phone',
	'email',
	'month',
	'yes-no',
	'long-text',
	'number'
];
const fieldOf = (kind: FieldKind): FieldDefinition => ({ id: 'field', label: 'Feld', kind, required: false });

/** Like what is typed, and like what is not: near misses are found more often than in plain noise. */
const typed = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 40 }),
	fc.string({ unit: fc.constantFrom(...'ABESOHLÜD0123479 -./+()@ßéI'), maxLength: 24 }),
	fc.string({ unit: fc.constantFrom(...'0123456789.-/ '), maxLength: 10 })
);
const letters = (max: number) =>
	fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), minLength: 1, maxLength: max });
const code = fc.constantFrom(...plateCodes().filter((each) => !isAuthorityOnlyCode(each)));

describe.each(KINDS)('%s', (kind) => {
	it('checks its own normal form to the same verdict', () => {
		fc.assert(
			fc.property(typed, (input) => {
				const first = checkField(fieldOf(kind), input, context);
				const second = checkField(fieldOf(kind), first.value, context);
				expect(second.value).toBe(first.value);
				expect(second.errors.length > 0).toBe(first.errors.length > 0);
			}),
			options
		);
	});
});

describe('plates', () => {
	it('are taken with every code and spelling, and normalised alike', () => {
		const separators = fc.constantFrom('-', ' ', ' - ', '–', '.');
		fc.assert(
			fc.property(
				code,
				letters(2),
				fc.integer({ min: 1, max: 9999 }),
				separators,
				fc.boolean(),
				(uz, group, number, sign, low) => {
					const plate = `${uz}-${group} ${number}`;
					const input = `${uz}${sign}${group}${sign}${number}`;
					const checked = checkPlate(low ? input.toLowerCase() : input);
					const fits = uz.length + group.length + String(number).length <= 8;
					expect(checked.value).toBe(plate);
					expect(checked.errors.map(({ rule }) => rule)).toEqual(fits ? [] : ['plate-too-long']);
				}
			),
			options
		);
	});

	it('typed without separators are read as what was meant, or asked back with it', () => {
		fc.assert(
			fc.property(code, letters(2), fc.integer({ min: 1, max: 999 }), (uz, group, number) => {
				const meant = `${uz}-${group} ${number}`;
				const { value, errors, hints } = checkPlate(`${uz}${group}${number}`);
				expect(errors).toEqual([]);
				const proposals = hints.flatMap((hint) => hint.proposals ?? []);
				expect(proposals.length === 0 ? [value] : proposals).toContain(meant);
			}),
			options
		);
	});
});

describe('dates', () => {
	const day = fc
		.date({ min: new Date('1900-01-01'), max: new Date('2023-11-02'), noInvalidDate: true })
		.map((date) => date.toISOString().slice(0, 10));

	it('come back from German form', () => {
		fc.assert(
			fc.property(day, (iso) => {
				expect(checkBirthDate(germanDate(iso), context).value).toBe(iso);
				expect(checkDate(germanDate(iso).replaceAll('.', ''), context).value).toBe(iso);
			}),
			options
		);
	});

	it('with two digits of the year are in the past and end in these digits', () => {
		fc.assert(
			fc.property(day, (iso) => {
				const [year = '', month = '', date = ''] = iso.split('-');
				const { value, errors } = checkBirthDate(`${date}.${month}.${year.slice(2)}`, context);
				expect(errors).toEqual([]);
				expect(value <= context.today && value >= iso).toBe(true);
				expect(value.slice(2)).toBe(iso.slice(2));
			}),
			options
		);
	});
});

describe('numbers with an alphabet', () => {
	const from = (alphabet: string, length: number) =>
		fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });

	it('FIN and eVB are taken when all their characters exist, whatever the check digit', () => {
		fc.assert(
			fc.property(
				from('ABCDEFGHJKLMNPRSTUVWXYZ0123456789', 17),
				from('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789', 7),
				(vin, evb) => {
					expect(checkVin(vin, context).errors).toEqual([]);
					expect(checkEvb(evb.toLowerCase())).toEqual({ value: evb, errors: [], hints: [] });
				}
			),
			options
		);
	});

	it('an IBAN with one wrong digit is found', () => {
		const valid = 'DE89370400440532013000';
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
				const wrong = valid.slice(0, at) + String((Number(valid[at]) + by) % 10) + valid.slice(at + 1);
				expect(checkIban(wrong).errors).toHaveLength(1);
			}),
			options
		);
	});
});

describe('forms', () => {
	const form = fc.constantFrom(...FORMS);
	const filled = form.chain((chosen) =>
		fc
			.record(
				Object.fromEntries(
					allFields(chosen).map((field) => [
						field.id,
						field.choices ? fc.constantFrom(...field.choices.map(({ value }) => value)) : typed
					])
				),
				{ requiredKeys: [] }
			)
			.map((answers) => ({ chosen, answers: answers as { readonly [id: string]: string } }))
	);

	it('pruning twice is pruning once, keeps only visible answers and changes no verdict', () => {
		fc.assert(
			fc.property(filled, ({ chosen, answers }) => {
				const pruned = pruneAnswers(chosen, answers);
				expect(pruneAnswers(chosen, pruned)).toEqual(pruned);
				const visible = visibleFields(chosen, answers).map(({ id }) => id);
				expect(visible).toEqual(expect.arrayContaining(Object.keys(pruned)));
				expect(validateAnswers(chosen, pruned, context).errors).toEqual(
					validateAnswers(chosen, answers, context).errors
				);
			}),
			options
		);
	});
});
