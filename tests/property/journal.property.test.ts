/** The journal under any damage: it never throws, and never yields an entry that was not written. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { JournalEntry } from '$lib/domain/journal';
import { encodeEntry, encodeJournal, HEADER_BYTES, readJournal } from '$lib/domain/journal-codec';
import { entriesOf, foldJournal } from '$lib/domain/journal-content';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';
import { aDraft, aHead, aRow, aSave, EVERY_KIND } from '../fixtures/journal-entries';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const bytes = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength });
const arbitraryEntry: fc.Arbitrary<JournalEntry> = fc.oneof(
	fc.constantFrom(...EVERY_KIND),
	fc.integer({ min: 1, max: 300 }).map((sequence) => aSave(sequence)),
	fc
		.tuple(fc.integer({ min: 1, max: 50 }), bytes(3_000))
		.map(([n, sealed]): JournalEntry => ({ type: 'kept', rows: [{ ...aRow(n), sealed }], head: aHead(n) })),
	fc
		.tuple(fc.string(), bytes(3_000))
		.map(([id, sealed]): JournalEntry => ({ type: 'draft', draft: aDraft(id, sealed) }))
);
const arbitraryEntries = fc.array(arbitraryEntry, { maxLength: 30 });

interface Damage {
	readonly at: number;
	readonly length: number;
	/** null: the stretch is cut out. */
	readonly by: Uint8Array | null;
}
const arbitraryDamage: fc.Arbitrary<Damage[]> = fc.array(
	fc.record({
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		length: fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 5_000 })),
		by: fc.option(bytes(5_000))
	}),
	{ minLength: 1, maxLength: 4 }
);

const damaged = (whole: Uint8Array, damages: readonly Damage[]): Uint8Array =>
	damages.reduce((file, { at, length, by }) => {
		const from = Math.floor(at * file.length);
		return new Uint8Array([...file.subarray(0, from), ...(by ?? []), ...file.subarray(from + length)]);
	}, whole);

const nameOf = (entry: JournalEntry): string => Buffer.from(encodeEntry(entry)).toString('base64');

it('reads back what was written', () => {
	fc.assert(
		fc.property(arbitraryEntries, (entries) => {
			expect(readJournal(encodeJournal(entries))).toMatchObject({ kind: 'ours', entries, places: 0, tornBytes: 0 });
		}),
		PROPERTY_RUNS
	);
});

it('yields, of a damaged file, only entries that were written, each in its order', () => {
	fc.assert(
		fc.property(arbitraryEntries, arbitraryDamage, (entries, damages) => {
			const written = entries.map(nameOf);
			let from = 0;
			for (const name of readJournal(damaged(encodeJournal(entries), damages)).entries.map(nameOf)) {
				const at = written.indexOf(name, from);
				expect(at, 'an entry that was never written there').toBeGreaterThanOrEqual(from);
				from = at + 1;
			}
		}),
		PROPERTY_RUNS
	);
});

it('loses one flipped byte no more than its own entry, and says so', () => {
	fc.assert(
		fc.property(
			arbitraryEntries.filter((entries) => entries.length > 0),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			fc.integer({ min: 1, max: 255 }),
			(entries, place, change) => {
				const file = encodeJournal(entries);
				const at = HEADER_BYTES + Math.floor(place * (file.length - HEADER_BYTES));
				file[at] = (file[at] ?? 0) ^ change;
				const read = readJournal(file);
				expect(read.entries).toHaveLength(entries.length - 1);
				expect(read.places + Math.sign(read.tornBytes)).toBe(1);
			}
		),
		PROPERTY_RUNS
	);
});

it('adds up to the same in a new generation', () => {
	fc.assert(
		fc.property(arbitraryEntries, (entries) => {
			const content = foldJournal(entries);
			expect(foldJournal(entriesOf(content))).toEqual(content);
		}),
		PROPERTY_RUNS
	);
});
