/** The further copy with real files, written by real streams; only the picker's folder is one of OPFS. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readJournal } from '$lib/domain/journal-codec';
import { openDeviceStores, type DeviceStores } from '$lib/services/device-stores';
import { copyChunks } from '$lib/services/copy-content';
import { COPY_AHEAD, createFolderCopy } from '$lib/services/folder-copy';
import { startJournal, type StartedJournal } from '$lib/services/journal-client';
import { createWindowChannel } from '$lib/services/window-channel';
import { startApp, type App } from '$lib/services/app';
import type { Workspace } from '$lib/services/workspace';
import { requestInput } from '../support/request-input';
import { must } from '../support/test-space';

const PASSWORD = 'vier Wörter im Regen';
/** A slow write puts off the next one by twenty times as long. */
const WRITTEN_MS = 50_000;
let app: App;
let stores: DeviceStores;
let journal: StartedJournal;
let folder: FileSystemDirectoryHandle;

beforeEach(async () => {
	localStorage.clear();
	const name = `copy-${crypto.randomUUID()}`;
	folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
	window.showDirectoryPicker = () => Promise.resolve(folder);
	const started = await startApp(name);
	if ('fault' in started) throw new Error(started.fault);
	app = started.app;
	journal = startJournal(name);
	stores = must(await openDeviceStores(name, { journal, channel: createWindowChannel(name) }));
	const draft = must(
		await app.setup.prepareFounding({
			commune: 'Soest, Stadt',
			ags: '05974040',
			placeCode: 'SO',
			site: 'Rathaus I',
			counter: 'Schalter 3',
			staffName: 'Erika Mustermann',
			password: PASSWORD,
			server: null
		})
	);
	must(await draft.complete());
});
afterEach(async () => {
	journal.stop();
	await app.session.lock();
});

function workspace(): Workspace {
	if (app.session.state.type !== 'unlocked') throw new Error(app.session.state.type);
	return app.session.state.workspace;
}
const take = async (name: string) => must(await workspace().takeRequest(requestInput(workspace(), name)));

async function filesIn(directory = folder): Promise<Map<string, Uint8Array>> {
	const files = new Map<string, Uint8Array>();
	for await (const handle of directory.values())
		if (handle.kind === 'file') {
			const file = await (handle as FileSystemFileHandle).getFile();
			files.set(handle.name, new Uint8Array(await file.arrayBuffer()));
		}
	return files;
}
async function chunksOf(of: DeviceStores): Promise<Uint8Array<ArrayBuffer>[]> {
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	for await (const chunk of copyChunks(of)) chunks.push(chunk);
	return chunks;
}
const rowsIn = (bytes: Uint8Array): number =>
	readJournal(bytes).entries.reduce((sum, entry) => sum + (entry.type === 'kept' ? entry.rows.length : 0), 0);
const fileOf = (files: Map<string, Uint8Array>, letter: string) =>
	[...files].find(([name]) => name.endsWith(`-${letter}.notkopie`))?.[1];

it('writes two files in turn, each whole, so that one good file is there at any moment', async () => {
	await take('Amsel');
	must(await workspace().folderCopy.choose());
	const first = await filesIn();
	expect([...first.keys()]).toEqual([expect.stringMatching(/^Notschalter-[0-9A-X]{4}-A\.notkopie$/)]);
	expect(rowsIn(fileOf(first, 'A')!)).toBe(2);
	expect(workspace().folderCopy.state).toMatchObject({ folder: folder.name, upToDate: true, failure: null });

	await take('Drossel');
	must(await workspace().folderCopy.writeNow());
	const second = await filesIn();
	expect(fileOf(second, 'A')).toEqual(fileOf(first, 'A'));
	expect(rowsIn(fileOf(second, 'B')!)).toBe(3);
	expect(readJournal(fileOf(second, 'B')!)).toMatchObject({ kind: 'ours', places: 0, lostBytes: 0, tornBytes: 0 });
});

it('follows what is saved by itself', async () => {
	must(await workspace().folderCopy.choose());
	await take('Amsel');
	expect(workspace().folderCopy.state.upToDate).toBe(false);
	await vi.waitFor(async () => expect(rowsIn(fileOf(await filesIn(), 'B')!)).toBe(2), WRITTEN_MS);
	await vi.waitFor(
		() => expect(workspace().folderCopy.state).toMatchObject({ writing: false, upToDate: true }),
		20_000
	);
});

it('follows what is saved in a window that was open before another one chose the folder', async () => {
	const elsewhere = createFolderCopy({ stores, clock: { now: () => 1 as never } });
	must(await elsewhere.choose());
	expect(workspace().folderCopy.state.folder).toBeNull();
	await take('Amsel');
	await vi.waitFor(async () => expect(rowsIn(fileOf(await filesIn(), 'B')!)).toBe(2), WRITTEN_MS);
});

it('remembers the folder over a restart, and gives it up when told so', async () => {
	must(await workspace().folderCopy.choose());
	const later = createFolderCopy({ stores, clock: { now: () => 1 as never } });
	await later.start();
	expect(later.state).toMatchObject({ folder: folder.name, access: 'granted' });
	await later.forget();
	expect(later.state.folder).toBeNull();
	expect((await filesIn()).size).toBe(1);
	expect(await stores.copyFolder.load()).toBeNull();
});

it('says so when the folder is gone, and writes again when it is back', async () => {
	must(await workspace().folderCopy.choose());
	const root = await navigator.storage.getDirectory();
	await root.removeEntry(folder.name, { recursive: true });
	expect(await workspace().folderCopy.writeNow()).toEqual({
		ok: false,
		error: { type: 'not-copied', name: 'NotFoundError' }
	});
	expect(workspace().folderCopy.state.failure).toMatchObject({ name: 'NotFoundError' });
	await root.getDirectoryHandle(folder.name, { create: true });
	must(await workspace().folderCopy.writeNow());
	expect(workspace().folderCopy.state.failure).toBeNull();
	expect((await filesIn()).size).toBe(1);
});

it('keeps the old file when writing breaks off', async () => {
	must(await workspace().folderCopy.choose());
	must(await workspace().folderCopy.writeNow());
	const before = await filesIn();
	expect(before.size).toBe(2);
	await take('Amsel');
	const broken = createFolderCopy({
		stores: { ...stores, drafts: { ...stores.drafts, list: () => Promise.reject(new DOMException('', 'AbortError')) } },
		clock: { now: () => 1 as never }
	});
	await broken.start();
	expect(await broken.writeNow()).toMatchObject({ error: { name: 'AbortError' } });
	expect(await filesIn()).toEqual(before);
});

it('never writes over a file that knows more of this device than the device does', async () => {
	await take('Amsel');
	const ahead = new Blob(await chunksOf(stores));
	must(await workspace().folderCopy.choose());
	const [name] = [...(await filesIn()).keys()];
	await folder.removeEntry(name!);
	const rolledBack = createFolderCopy({
		stores: {
			...stores,
			log: { ...stores.log, ownHead: async (id) => ({ ...(await stores.log.ownHead(id)), sequence: 1 }) }
		},
		clock: { now: () => 1 as never }
	});
	for (const letter of ['A', 'B']) {
		const file = await folder.getFileHandle(name!.replace(/-A\./, `-${letter}.`), { create: true });
		const stream = await file.createWritable();
		await stream.write(ahead);
		await stream.close();
	}
	const before = await filesIn();
	await rolledBack.start();
	expect(await rolledBack.writeNow()).toMatchObject({ error: { name: COPY_AHEAD } });
	expect(await filesIn()).toEqual(before);
});

it('hands out the same as a download', async () => {
	await take('Amsel');
	const { name, content } = await workspace().folderCopy.download();
	expect(name).toMatch(/^Notschalter-[0-9A-X]{4}-\d{4}-\d\d-\d\d-\d{6}\.notkopie$/);
	expect(rowsIn(new Uint8Array(await content.arrayBuffer()))).toBe(2);
});
