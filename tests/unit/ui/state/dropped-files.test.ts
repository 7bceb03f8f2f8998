import { expect, it } from 'vitest';
import { filesDropped } from '$lib/ui/state/dropped-files';

const lost = new DOMException('', 'NotFoundError');

/** As Chromium hands them over: the answer comes by one of two callbacks. */
const fileEntry = (name: string, readable = true) =>
	({
		isFile: true,
		isDirectory: false,
		name,
		file: (resolve: (file: File) => void, reject: (error: DOMException) => void) =>
			readable ? resolve(new File(['x'], name)) : reject(lost)
	}) as unknown as FileSystemEntry;

/** A hundred at a time; `breaksOff`: the stick is pulled out after the first hundred. */
function folderEntry(name: string, entries: readonly FileSystemEntry[], breaksOff = false): FileSystemEntry {
	const createReader = () => {
		let at = 0;
		return {
			readEntries: (resolve: (some: FileSystemEntry[]) => void, reject: (error: DOMException) => void) => {
				if (breaksOff && at > 0) return reject(lost);
				resolve(entries.slice(at, at + 100));
				at += 100;
			}
		};
	};
	return { isFile: false, isDirectory: true, name, createReader } as unknown as FileSystemEntry;
}

const dropOf = (...entries: readonly FileSystemEntry[]) =>
	({
		items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null })),
		files: []
	}) as unknown as DataTransfer;
const names = (files: readonly File[]) => files.map(({ name }) => name);

it('takes of a folder what is ours, and what was dropped by itself whatever it is called', async () => {
	const folder = folderEntry('Stick', [
		fileEntry('a.notschalter'),
		fileEntry('brief.txt'),
		folderEntry('tiefer', [fileEntry('B.NOTSCHALTER')])
	]);
	const dropped = await filesDropped(dropOf(folder, fileEntry('umbenannt.bin')));
	expect(names(dropped.files)).toEqual(['a.notschalter', 'B.NOTSCHALTER', 'umbenannt.bin']);
	expect(dropped).toMatchObject({ unreadable: [], isMoreThanTaken: false });
});

it('loses nothing but the file that cannot be opened, and names it', async () => {
	const folder = folderEntry('Stick', [
		fileEntry('a.notschalter'),
		fileEntry('weg.notschalter', false),
		fileEntry('c.notschalter')
	]);
	const dropped = await filesDropped(dropOf(folder, fileEntry('d.notschalter')));
	expect(names(dropped.files)).toEqual(['a.notschalter', 'c.notschalter', 'd.notschalter']);
	expect(dropped.unreadable).toEqual(['weg.notschalter']);
});

it('keeps what a folder gave before it was gone, and names the folder', async () => {
	const files = Array.from({ length: 120 }, (_, i) => fileEntry(`${i}.notschalter`));
	const dropped = await filesDropped(dropOf(folderEntry('Stick', files, true), fileEntry('d.notschalter')));
	expect(dropped.files).toHaveLength(101);
	expect(dropped.unreadable).toEqual(['Stick']);
});

it('says that there are more than it takes, and not when there are just as many', async () => {
	const files = Array.from({ length: 10_001 }, (_, i) => fileEntry(`${i}.notschalter`));
	const dropped = await filesDropped(dropOf(folderEntry('Stick', files)));
	expect(dropped.files).toHaveLength(10_000);
	expect(dropped.isMoreThanTaken).toBe(true);
	const others = [...files.slice(1), fileEntry('brief.txt')];
	expect((await filesDropped(dropOf(folderEntry('Stick', others)))).isMoreThanTaken).toBe(false);
});

it('takes the files where the browser gives no entries', async () => {
	const file = new File(['x'], 'a.notschalter');
	const items = [{ kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file }, { kind: 'string' }];
	const dropped = await filesDropped({ items, files: [file] } as unknown as DataTransfer);
	expect(names(dropped.files)).toEqual(['a.notschalter']);
});
