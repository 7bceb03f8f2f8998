/** A FolderCopy that lives in memory: „Ordner wählen“ gives the folder „Stick“. */
import { ok } from '$lib/domain/result';
import type { FolderCopy, FolderCopyState } from '$lib/services/workspace';
import { at } from './invented-view';

const NOTHING: FolderCopyState = {
	folder: null,
	access: 'granted',
	writing: false,
	upToDate: false,
	writtenAt: null,
	sizeBytes: 0,
	failure: null
};

export interface FakeFolderCopy extends FolderCopy {
	show(part: Partial<FolderCopyState>): void;
}

export function createFakeFolderCopy(canChoose = true): FakeFolderCopy {
	let state = NOTHING;
	const listeners = new Set<() => void>();
	const show = (part: Partial<FolderCopyState>) => {
		state = { ...state, ...part };
		for (const listener of listeners) listener();
	};
	const write = () => {
		show({ access: 'granted', upToDate: true, writtenAt: at('2023-11-12T14:03:00+01:00'), sizeBytes: 4_200 });
		return Promise.resolve(ok(undefined));
	};
	return {
		get state() {
			return state;
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		canChoose,
		show,
		choose: () => {
			show({ folder: 'Stick' });
			return write();
		},
		allow: write,
		writeNow: write,
		forget: () => Promise.resolve(show(NOTHING)),
		download: () => Promise.resolve({ name: 'Notschalter.notkopie', content: new Blob(['NOTSCH']) })
	};
}
