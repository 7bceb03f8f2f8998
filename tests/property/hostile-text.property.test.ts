/** Laws of hostile text: what is saved is what was typed, in every field of every form, and what leaves the app cannot act. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FORMS } from '$lib/domain/forms/catalog';
import type { FieldDefinition } from '$lib/domain/forms/form';
import { allFields, checkField } from '$lib/domain/forms/validate';
import type { OperationName } from '$lib/domain/ids';
import type { FieldChanges, OperationContent } from '$lib/domain/operation';
import { decodeOperation, encodeOperation } from '$lib/domain/operation-codec';
import { decodeState, encodeState, foldOperations } from '$lib/domain/projection';
import { searchForm } from '$lib/domain/search-key';
import type { LocalDate } from '$lib/domain/time';
import { parseDraftContent } from '$lib/ui/state/draft-content';
import { violationText } from '$lib/ui/text/violations';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';
import { aDeviceJoined, anOperation, aRequestOpened, deviceId } from '../fixtures/builders';
import { EVERY_UNIT, HOSTILE_TEXTS } from '../fixtures/hostile-texts';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

/** Any UTF-16 at all, halves of characters among it, mixed with the catalogue. */
const units = fc
	.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
	.map((codes) => String.fromCharCode(...codes));
const hostile = fc.oneof(fc.constantFrom(...Object.values(HOSTILE_TEXTS)), units);
const fields: readonly FieldDefinition[] = FORMS.flatMap(allFields).filter(
	({ kind }) => kind !== 'choice' && kind !== 'yes-no'
);
const CONTEXT = { today: '2026-11-02' as LocalDate, answers: {} };

const written = (changes: FieldChanges, reason = 'x'): OperationContent => {
	const { deviceId: _device, sequence: _sequence, ...content } = anOperation('request-amended', { changes, reason });
	return content as OperationContent;
};

describe('an operation', () => {
	const backAgain = (content: OperationContent) => decodeOperation(encodeOperation(content), deviceId(0), 1);

	it('gives every text back byte by byte, as a value and as a reason', () =>
		fc.assert(
			fc.property(hostile, hostile, (value, reason) => {
				const content = written({ 'notes/1': { value, replaces: [] as OperationName[] } }, reason);
				expect(backAgain(content)).toMatchObject({ ok: true, value: { body: content.body } });
			}),
			PROPERTY_RUNS
		));

	it('holds every UTF-16 unit, in pieces that are short enough', () => {
		for (let at = 0; at < EVERY_UNIT.length; at += 4096) {
			const content = written({ note: { value: EVERY_UNIT.slice(at, at + 4096), replaces: [] } });
			expect(backAgain(content)).toMatchObject({ ok: true, value: { body: content.body } });
		}
	});
});

it('a draft gives every text back byte by byte', () =>
	fc.assert(
		fc.property(hostile, (text) => {
			const content = {
				version: 1,
				typed: { familyName: text },
				papers: {},
				note: text,
				urgency: 'normal',
				urgencyReason: text,
				received: { date: text, time: text, reason: text },
				bulk: true,
				vehicles: [{ rowId: 'a', typed: { plate: text } }],
				appointmentId: null
			};
			const sealed = new TextEncoder().encode(JSON.stringify(content));
			expect(parseDraftContent(JSON.parse(new TextDecoder().decode(sealed)))).toEqual(content);
		}),
		PROPERTY_RUNS
	));

it('a snapshot gives every text back, as a value and in the words of a device', () =>
	fc.assert(
		fc.property(hostile, hostile, (value, counter) => {
			const changes = { 'answers/familyName': value, note: value };
			const state = foldOperations([aDeviceJoined({ counter }), aRequestOpened({ changes, sequence: 2 })]);
			expect(decodeState(encodeState(state))).toEqual({ ok: true, value: state });
		}),
		PROPERTY_RUNS
	));

describe('a field of a form', () => {
	/** White space may become one blank, and letters one code point (NFC); nothing else may go. */
	const essence = (text: string): string => text.normalize('NFC').replace(/\s+/gu, '');
	/** Between the groups of a plate any separator is a blank. */
	const separators = (kind: FieldDefinition['kind']): RegExp => (kind === 'plate' ? /[-‐‑‒–—−·•.]/g : /(?!)/);

	it.each([...new Set(fields.map(({ kind }) => kind))])('of kind %s loses nothing of what it does not take', (kind) => {
		const field = fields.find((candidate) => candidate.kind === kind)!;
		const left = (text: string): string => essence(text).toUpperCase().replace(separators(kind), '');
		fc.assert(
			fc.property(hostile, (text) => {
				const { value, errors, hints } = checkField(field, text, CONTEXT);
				if (errors.length > 0 || hints.some(({ rule }) => rule === 'characters')) expect(left(value)).toBe(left(text));
				expect(checkField(field, value, CONTEXT).value).toBe(value);
			}),
			PROPERTY_RUNS
		);
	});

	it('of free text keeps all of it, and says which signs a specialist system may not take', () => {
		for (const field of fields.filter(({ kind }) => kind === 'text' || kind === 'long-text' || kind === 'name'))
			for (const text of Object.values(HOSTILE_TEXTS))
				expect(essence(checkField(field, text, CONTEXT).value), field.label).toBe(essence(text));
	});

	it('that is too long is told before saving, and kept as typed', () => {
		for (const field of fields) {
			const text = 'x'.repeat(20_001);
			expect(checkField(field, text, CONTEXT)).toMatchObject({ value: text, errors: [{ rule: 'too-long' }] });
		}
	});

	it('is spoken of in a sentence that no sign turns around or hides in', () => {
		for (const field of fields)
			for (const text of Object.values(HOSTILE_TEXTS)) {
				const { errors, hints } = checkField(field, text, CONTEXT);
				for (const finding of [...errors, ...hints])
					expect(violationText({ ...finding, proposals: [] }, field.label)).not.toMatch(
						/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|\p{Cs}/u
					);
			}
	});
});

it('the search form takes any text, and is found again by itself', () =>
	fc.assert(
		fc.property(hostile, (text) => {
			expect(searchForm(searchForm(text))).toBe(searchForm(text));
		}),
		PROPERTY_RUNS
	));
