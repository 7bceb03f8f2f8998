/** The fold as kept between two unlockings: sealed chunks, and beside them the small head that a list shows first. */
import { open, seal } from '$lib/crypto/aead';
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { KeyId, SpaceId } from '$lib/domain/ids';
import { decodeState, encodeState, FOLD_VERSION, type CounterState } from '$lib/domain/projection';
import type { RequestRow } from '$lib/domain/request';
import type { SnapshotStore } from '$lib/storage/snapshot-store';

export interface StateSnapshots {
	save(state: CounterState, firstRows: readonly RequestRow[]): Promise<void>;
	/** Newest and open requests, before everything else. Null: none, of another version, or under a key that is not open. */
	loadHead(): Promise<RequestRow[] | null>;
	/** The whole state; null as above, and then everything is folded anew. */
	load(): Promise<CounterState | null>;
	discard(): Promise<void>;
}

interface SnapshotPorts {
	readonly store: SnapshotStore;
	readonly spaceId: SpaceId;
	currentKeys(): PurposeKeys;
	keysById(keyId: KeyId): PurposeKeys | undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A snapshot is thrown away, never converted: everything in it can be folded anew. */
const VERSION = `fold ${FOLD_VERSION}`;

export function createStateSnapshots({ store, spaceId, currentKeys, keysById }: SnapshotPorts): StateSnapshots {
	const binding = (part: string | number) => encoder.encode(`snapshot ${spaceId} ${VERSION} ${part}`);
	return {
		save: async (state, firstRows) => {
			const keys = currentKeys();
			const chunks: Uint8Array[] = [];
			for (const [i, chunk] of encodeState(state).entries()) chunks.push(await seal(keys.snapshot, chunk, binding(i)));
			const head = await seal(keys.snapshot, encoder.encode(JSON.stringify(firstRows)), binding('head'));
			await store.save({ version: VERSION, keyId: keys.keyId, head, chunks });
		},
		loadHead: async () => {
			const kept = await store.loadHead();
			const keys = kept?.version === VERSION ? keysById(kept.keyId) : undefined;
			if (!kept || !keys) return null;
			const opened = await open(keys.snapshot, kept.head, binding('head'));
			return opened.ok ? (JSON.parse(decoder.decode(opened.value)) as RequestRow[]) : null;
		},
		load: async () => {
			const kept = await store.load();
			const keys = kept?.version === VERSION ? keysById(kept.keyId) : undefined;
			if (!kept || !keys) return null;
			const chunks: Uint8Array[] = [];
			for (const [i, chunk] of kept.chunks.entries()) {
				const opened = await open(keys.snapshot, chunk, binding(i));
				if (!opened.ok) return null;
				chunks.push(opened.value);
			}
			const state = decodeState(chunks);
			return state.ok ? state.value : null;
		},
		discard: () => store.discard()
	};
}
