import { afterEach, expect, it, vi } from 'vitest';
import { chooseSink } from '$lib/services/carrier-sink';

afterEach(() => vi.unstubAllGlobals());

async function* chunks() {
	yield new Uint8Array([1, 2, 3]);
	yield new Uint8Array([4]);
}

/** A file on a disk, as the browser hands it out once somebody has named it. */
function handleOf(name: string) {
	const kept: Uint8Array<ArrayBuffer>[] = [];
	return {
		name,
		createWritable: async () => ({
			write: async (chunk: Uint8Array<ArrayBuffer>) => void kept.push(chunk.slice()),
			close: async () => undefined,
			abort: async () => undefined
		}),
		getFile: async () => new File(kept, name)
	};
}

it('tells the name that a person gave the file, not the one that was proposed', async () => {
	const showSaveFilePicker = vi.fn(async () => handleOf('fuer-Schalter-2.notschalter'));
	vi.stubGlobal('window', { showSaveFilePicker, showDirectoryPicker: vi.fn() });
	const sink = await chooseSink(true, 'Notschalter-7KXM.notschalter');
	expect(await sink.write('Notschalter-7KXM.notschalter', chunks())).toEqual({
		ok: true,
		value: { name: 'fuer-Schalter-2.notschalter', bytes: 4 }
	});
	expect(showSaveFilePicker).toHaveBeenCalledWith(
		expect.objectContaining({ suggestedName: 'Notschalter-7KXM.notschalter' })
	);
});

it('keeps the names of the parts in a folder', async () => {
	const getFileHandle = async (name: string) => handleOf(name);
	vi.stubGlobal('window', { showSaveFilePicker: vi.fn(), showDirectoryPicker: async () => ({ getFileHandle }) });
	const sink = await chooseSink(false, 'a-Teil-1.notschalter');
	const written = await sink.write('a-Teil-2.notschalter', chunks());
	expect(written).toEqual({ ok: true, value: { name: 'a-Teil-2.notschalter', bytes: 4 } });
});
