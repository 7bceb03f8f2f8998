/** The journal's bytes: what is read back is what was written, and damage costs what it touched. */
import { describe, expect, it } from 'vitest';
import { crc32 } from '$lib/domain/crc32';
import type { JournalEntry } from '$lib/domain/journal';
import {
	encodeEntries,
	encodeEntry,
	encodeJournal,
	encodeJournalHeader,
	HEADER_BYTES,
	readJournal
} from '$lib/domain/journal-codec';
import { encodePayload } from '$lib/domain/journal-entry-codec';
import { aDraft, aRow, aSave, EVERY_KIND } from '../../fixtures/journal-entries';

const SAVES = [aSave(1), aSave(2), aSave(3)];

/** Byte offsets at which the frames of these entries begin, and the end of the last. */
function borders(entries: readonly JournalEntry[]): number[] {
	const starts = [HEADER_BYTES];
	for (const entry of entries) starts.push((starts.at(-1) ?? 0) + encodeEntry(entry).length);
	return starts;
}

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 0x10 : byte));

describe('the journal', () => {
	it('reads every kind of entry back as it was written', () => {
		expect(readJournal(encodeJournal(EVERY_KIND))).toEqual({
			kind: 'ours',
			entries: EVERY_KIND,
			places: 0,
			lostBytes: 0,
			tornBytes: 0
		});
	});

	it('is a header with frames behind it, however they were appended', () => {
		const [first, ...rest] = EVERY_KIND;
		const appended = [encodeJournalHeader(), encodeEntry(first as JournalEntry), encodeEntries(rest)];
		expect(Uint8Array.from(appended.flatMap((piece) => [...piece]))).toEqual(encodeJournal(EVERY_KIND));
	});

	it('keeps an entry of a newer version as it is', () => {
		const unknown: JournalEntry = { type: 'unknown', payload: Uint8Array.of(0x82, 0x18, 0x63, 0x61, 0x78) };
		expect(readJournal(encodeJournal([unknown])).entries).toEqual([unknown]);
		expect(encodePayload(unknown)).toEqual(unknown.payload);
	});

	it('ignores a torn tail, whatever its length, and counts it', () => {
		const whole = encodeJournal(SAVES);
		const [, , beforeLast = 0, end] = borders(SAVES);
		for (let length = beforeLast + 1; length < (end ?? 0); length++)
			expect(readJournal(whole.subarray(0, length)), `${length} bytes`).toEqual({
				kind: 'ours',
				entries: SAVES.slice(0, 2),
				places: 0,
				lostBytes: 0,
				tornBytes: length - beforeLast
			});
	});

	it('takes zeros behind the last frame for a torn tail', () => {
		const bytes = new Uint8Array([...encodeJournal(SAVES), ...new Uint8Array(500)]);
		expect(readJournal(bytes)).toMatchObject({ entries: SAVES, places: 0, tornBytes: 500 });
	});

	it('loses the entry whose bytes are flipped, says so, and reads on', () => {
		const whole = encodeJournal(SAVES);
		const [, second = 0, third = 0] = borders(SAVES);
		for (let at = second; at < third; at++)
			expect(readJournal(flipped(whole, at)), `byte ${at}`).toEqual({
				kind: 'ours',
				entries: [SAVES[0], SAVES[2]],
				places: 1,
				lostBytes: third - second,
				tornBytes: 0
			});
	});

	it('loses no entry to a damaged header', () => {
		const whole = encodeJournal(SAVES);
		for (let at = 0; at < HEADER_BYTES; at++)
			expect(readJournal(flipped(whole, at)), `byte ${at}`).toMatchObject({ kind: 'ours', entries: SAVES, places: 1 });
	});

	it('reads on behind a stretch that is missing', () => {
		const whole = encodeJournal(SAVES);
		const [, second = 0, third = 0] = borders(SAVES);
		const cut = new Uint8Array([...whole.subarray(0, second + 20), ...whole.subarray(third - 5)]);
		expect(readJournal(cut)).toMatchObject({ entries: [SAVES[0], SAVES[2]], places: 1, lostBytes: 25 });
	});

	it('tells an empty file, a foreign one and one of a newer version apart', () => {
		expect(readJournal(new Uint8Array()).kind).toBe('empty');
		expect(readJournal(encodeJournalHeader().subarray(0, 7)).kind).toBe('empty');
		expect(readJournal(encodeJournalHeader()).kind).toBe('ours');
		expect(readJournal(new TextEncoder().encode('%PDF-1.7 and what follows')).kind).toBe('foreign');
		expect(readJournal(Uint8Array.of(1, 2)).kind).toBe('foreign');
		const newer = new Uint8Array([...encodeJournalHeader(2), ...encodeEntries(SAVES)]);
		expect(readJournal(newer)).toMatchObject({ kind: 'newer', entries: [] });
	});

	it('keeps nothing in clear of what was sealed, and shows no text of a draft', () => {
		const sealed = new TextEncoder().encode('0123456789abcdef');
		const bytes = encodeJournal([{ type: 'draft', draft: aDraft('1', sealed) }]);
		expect(Buffer.from(bytes).includes(Buffer.from(sealed))).toBe(true);
		expect(aRow(1).sealed.length).toBeGreaterThan(0);
	});
});

describe('CRC-32', () => {
	it('is the one of gzip', () => {
		expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
		expect(crc32(new TextEncoder().encode('1234'), new TextEncoder().encode('56789'))).toBe(0xcbf43926);
	});
});
