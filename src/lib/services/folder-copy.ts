/** A further copy in a folder that the office chose (USB stick, network drive): written after saves, without any save waiting for it. */
import { readJournal } from '$lib/domain/journal-codec';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock } from '$lib/domain/time';
import { readCopyFile, writeCopyFile } from '$lib/storage/copy-file';
import type { CopyFolder } from '$lib/storage/copy-folder-store';
import { nameOfError } from '$lib/storage/not-written';
import { copyChunks } from './copy-content';
import { ownerOf } from './copy-reading';
import type { DeviceStores } from './device-stores';
import { fileStamp } from './file-stamp';
import type { CopyFault, FolderCopy, FolderCopyState } from './workspace';

export interface FolderCopyControl extends FolderCopy {
	/** Reads which folder there is, and brings it up to date. */
	start(): Promise<void>;
	/** Something was written on this device. */
	changed(): void;
}

interface FolderCopyPorts {
	readonly stores: DeviceStores;
	readonly clock: Clock;
	/** First write after a change; later ones wait longer, by what the last one took. */
	readonly waitMs?: number;
}

const COPY_EXTENSION = '.notkopie';
/** The word of a `CopyFault`: the file in the folder holds more of this device than the device itself. */
export const COPY_AHEAD = 'CopyAhead';
/** One window writes at a time. */
const FOLDER_LOCK = 'notschalter.folder-copy';
const WAIT_MS = 5_000;
/** A stick that was pulled out may be there again. */
const RETRY_AFTER_MS = 60_000;
/** At most a twentieth of the time goes into writing copies. */
const WAIT_FACTOR = 20;
const READ_WRITE = { mode: 'readwrite' } as const;
const NOTHING: FolderCopyState = {
	folder: null,
	access: 'granted',
	writing: false,
	upToDate: false,
	writtenAt: null,
	sizeBytes: 0,
	failure: null
};

export function createFolderCopy({ stores, clock, waitMs = WAIT_MS }: FolderCopyPorts): FolderCopyControl {
	let state = NOTHING;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let tookMs = 0;
	/** Files that this window has written or looked into. */
	const checked = new Set<string>();
	const listeners = new Set<() => void>();
	const show = (part: Partial<FolderCopyState>) => {
		state = { ...state, ...part };
		for (const listener of listeners) listener();
	};

	const showFolder = (folder: CopyFolder | null, access: FolderCopyState['access']) =>
		show(
			folder
				? { folder: folder.handle.name, access, writtenAt: folder.writtenAt, sizeBytes: folder.sizeBytes }
				: NOTHING
		);

	/** Asks the browser, never a person: that needs a press of a button. */
	async function look(): Promise<CopyFolder | null> {
		const folder = await stores.copyFolder.load();
		showFolder(folder, folder ? await accessTo(folder.handle) : 'granted');
		return folder;
	}

	function changed(): void {
		if (state.upToDate) show({ upToDate: false });
		writeIn(Math.max(waitMs, tookMs * WAIT_FACTOR));
	}
	/** Whether there is a folder is looked up then: another window may have chosen one. */
	const writeIn = (ms: number) => (timer ??= setTimeout(() => void writeIfAllowed(), ms));

	async function writeIfAllowed(): Promise<Result<void, CopyFault>> {
		clearTimeout(timer);
		timer = undefined;
		return navigator.locks.request(FOLDER_LOCK, async () => {
			try {
				const folder = await look();
				if (!folder) return ok(undefined);
				return await (state.access === 'granted' ? write(folder) : fail('NotAllowedError'));
			} catch (error) {
				return fail(nameOfError(error));
			}
		});
	}

	async function write(folder: CopyFolder): Promise<Result<void, CopyFault>> {
		const begunAt = performance.now();
		// What is saved from here on is for the next time.
		show({ writing: true, upToDate: true });
		const file = folder.lastFile === 'A' ? 'B' : 'A';
		const name = await nameOf(file);
		if (!checked.has(name) && (await isAhead(stores, folder.handle, name))) return fail(COPY_AHEAD);
		checked.add(name);
		const written = await writeCopyFile(folder.handle, name, copyChunks(stores));
		tookMs = performance.now() - begunAt;
		if (!written.ok) return fail(written.error.name);
		const now: CopyFolder = { ...folder, lastFile: file, writtenAt: clock.now(), sizeBytes: written.value };
		await stores.copyFolder.save(now);
		show({ writing: false, failure: null });
		showFolder(now, 'granted');
		return ok(undefined);
	}

	function fail(name: string): Result<never, CopyFault> {
		const fault: CopyFault = { type: 'not-copied', name };
		show({ writing: false, upToDate: false, failure: { ...fault, at: clock.now() } });
		if (state.access === 'granted' && name !== COPY_AHEAD) writeIn(RETRY_AFTER_MS);
		return err(fault);
	}

	async function nameOf(file: string): Promise<string> {
		const identity = await stores.identity.load();
		if (!identity) throw new Error('a copy is of a device that is set up');
		return `Notschalter-${identity.workplace.deviceCode}-${file}${COPY_EXTENSION}`;
	}

	async function choose(): Promise<Result<void, CopyFault>> {
		if (!window.showDirectoryPicker) return err({ type: 'not-copied', name: 'NotSupportedError' });
		try {
			const handle = await window.showDirectoryPicker({ id: 'notschalter', ...READ_WRITE });
			const kept = await stores.copyFolder.save({ handle, lastFile: null, writtenAt: null, sizeBytes: 0 });
			if (!kept.ok) return fail(kept.error.name);
			show(NOTHING);
			return await writeIfAllowed();
		} catch (error) {
			// Closed without choosing: nothing changes.
			return nameOfError(error) === 'AbortError' ? ok(undefined) : fail(nameOfError(error));
		}
	}

	return {
		get state() {
			return state;
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		get canChoose() {
			return typeof window.showDirectoryPicker === 'function';
		},
		start: async () => {
			if (await look()) changed();
		},
		changed,
		choose,
		allow: async () => {
			const folder = await stores.copyFolder.load();
			await folder?.handle.requestPermission?.(READ_WRITE);
			return writeIfAllowed();
		},
		writeNow: writeIfAllowed,
		forget: async () => {
			clearTimeout(timer);
			timer = undefined;
			await stores.copyFolder.remove();
			show(NOTHING);
		},
		download: async () => {
			const parts: Uint8Array<ArrayBuffer>[] = [];
			for await (const chunk of copyChunks(stores)) parts.push(chunk);
			return { name: await nameOf(fileStamp(clock.now())), content: new Blob(parts) };
		}
	};
}

/** A profile that was rolled back must not write over what it has forgotten. */
async function isAhead(stores: DeviceStores, folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
	const bytes = await readCopyFile(folder, name);
	const owner = bytes && ownerOf(readJournal(bytes).entries);
	const identity = await stores.identity.load();
	if (!owner?.identity || !identity) return false;
	if (owner.identity.deviceId !== identity.deviceId) return true;
	return owner.head > (await stores.log.ownHead(identity.deviceId)).sequence;
}

/** A folder that needs no permission (OPFS) does not know the question. */
async function accessTo(handle: FileSystemDirectoryHandle): Promise<FolderCopyState['access']> {
	if (!handle.queryPermission) return 'granted';
	return (await handle.queryPermission(READ_WRITE)) === 'granted' ? 'granted' : 'ask';
}
