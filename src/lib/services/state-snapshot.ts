/** The fold as kept between two unlockings: sealed chunks, and beside them the small head that a list shows first. */
import { open, seal } from '$lib/crypto/aead';
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { KeyId, SpaceId } from '$lib/domain/ids';
import { decodeState, encodeState, FOLD_VERSION, type CounterState } from '$lib/domain/projection';
import type { SnapshotStore } from '$lib/storage/snapshot-store';
import type { CounterRows } from './folded-counter';

export interface StateSnapshots {
	save(state: CounterState, firstRows: CounterRows, validity: string): Promise<void>;
	/** Newest and open requests and the appointments of these days, before everything else. Null: none, of another version, or under a key that is not open. */
	loadHead(validity: string): Promise<CounterRows | null>;
	/** The whole state; null as above, and then everything is folded anew. */
	load(validity: string): Promise<CounterState | null>;
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

/** A snapshot of another fold, or made for another validity (what is revoked, whose device it is), is thrown away and never converted: everything can be folded anew. */
const versionOf = (validity: string) => `fold ${FOLD_VERSION} ${validity}`.trim();

export function createStateSnapshots({ store, spaceId, currentKeys, keysById }: SnapshotPorts): StateSnapshots {
	const bindingOf = (version: string) => (part: string | number) =>
		encoder.encode(`snapshot ${spaceId} ${version} ${part}`);
	return {
		save: async (state, firstRows, validity) => {
			const version = versionOf(validity);
			const binding = bindingOf(version);
			const keys = currentKeys();
			const chunks: Uint8Array[] = [];
			for (const [i, chunk] of encodeState(state).entries()) chunks.push(await seal(keys.snapshot, chunk, binding(i)));
			const head = await seal(keys.snapshot, encoder.encode(JSON.stringify(firstRows)), binding('head'));
			await store.save({ version, keyId: keys.keyId, head, chunks });
		},
		loadHead: async (validity) => {
			const version = versionOf(validity);
			const kept = await store.loadHead();
			const keys = kept?.version === version ? keysById(kept.keyId) : undefined;
			if (!kept || !keys) return null;
			const opened = await open(keys.snapshot, kept.head, bindingOf(version)('head'));
			return opened.ok ? (JSON.parse(decoder.decode(opened.value)) as CounterRows) : null;
		},
		load: async (validity) => {
			const version = versionOf(validity);
			const binding = bindingOf(version);
			const kept = await store.load();
			const keys = kept?.version === version ? keysById(kept.keyId) : undefined;
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
