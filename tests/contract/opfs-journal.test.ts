/** The contract of the journal, on files in memory; and what only files that can be told to fail show. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpfsJournal } from '$lib/storage/opfs-journal';
import { aSave } from '../fixtures/journal-entries';
import { createMemoryFiles } from '../support/memory-files';
import { must } from '../support/test-space';
import { createWebLocks } from '../support/web-locks';
import { describeJournal } from './journal.contract';

const PATH = '/journal/test/';

function memoryJournal() {
	const files = createMemoryFiles();
	vi.stubGlobal('navigator', { locks: createWebLocks(), storage: files.storage });
	return {
		files,
		under: {
			open: () => createOpfsJournal('test'),
			files: async () => files.names().map((name) => ({ name: name.slice(PATH.length), bytes: files.bytesOf(name) })),
			put: async (name: string, bytes: Uint8Array | null) => files.put(PATH + name, bytes ?? new Uint8Array()),
			close: async () => void vi.unstubAllGlobals()
		}
	};
}

describeJournal('files in memory', async () => memoryJournal().under);

describe('a journal whose disk fails', () => {
	let { files, under } = memoryJournal();
	beforeEach(() => ({ files, under } = memoryJournal()));
	afterEach(() => void vi.unstubAllGlobals());

	it('says why it did not write, and writes again when it can', async () => {
		const journal = under.open();
		must(await journal.append([aSave(1)]));
		files.refuse('QuotaExceededError');
		expect(await journal.append([aSave(2)])).toEqual({
			ok: false,
			error: { type: 'not-written', name: 'QuotaExceededError' }
		});
		files.refuse(null);
		must(await journal.append([aSave(2)]));
		expect(must(await journal.read())).toMatchObject({ damage: { places: 0, tornBytes: 0 } });
	});

	it('takes a half-written append back', async () => {
		const journal = under.open();
		must(await journal.append([aSave(1)]));
		const before = files.bytesOf(`${PATH}00000001.journal`);
		files.leaveRoom(30);
		expect(await journal.append([aSave(2)])).toMatchObject({ ok: false, error: { name: 'QuotaExceededError' } });
		expect(files.bytesOf(`${PATH}00000001.journal`)).toEqual(before);
	});

	it('keeps the old generation when the new one does not fit', async () => {
		const journal = under.open();
		must(await journal.append([aSave(1), aSave(2)]));
		files.leaveRoom(30);
		expect(await journal.compact(true)).toMatchObject({ ok: false });
		files.leaveRoom(Infinity);
		expect(files.names()).toEqual([`${PATH}00000001.journal`]);
		expect(
			must(await journal.read())
				.content.pending.values()
				.next().value?.size
		).toBe(2);
	});

	it('notices that its files were deleted under it', async () => {
		const journal = under.open();
		must(await journal.append([aSave(1)]));
		files.clear();
		expect(await journal.append([aSave(2)])).toMatchObject({ ok: false, error: { name: 'NotFoundError' } });
		must(await journal.append([aSave(3)]));
		expect(files.names()).toHaveLength(1);
	});

	it('is an answer, not an exception, where the browser has no such files', async () => {
		vi.stubGlobal('navigator', { locks: createWebLocks(), storage: {} });
		expect(await under.open().append([aSave(1)])).toMatchObject({ ok: false, error: { type: 'not-written' } });
		expect(await under.open().read()).toMatchObject({ ok: false, error: { type: 'not-written' } });
	});
});
