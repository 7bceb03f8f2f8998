/** Drafts: half-filled forms, sealed while somebody types, until they become operations or are discarded. */
import { open, seal } from '$lib/crypto/aead';
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { KeyId, RequestId, StaffId } from '$lib/domain/ids';
import type { JsonValue } from '$lib/domain/operation';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock } from '$lib/domain/time';
import type { DraftStore } from '$lib/storage/draft-store';
import type { Draft, SaveError } from './workspace';

interface DraftPorts {
	readonly store: DraftStore;
	readonly clock: Clock;
	readonly ownerId: StaffId;
	currentKeys(): PurposeKeys;
	keysById(keyId: KeyId): PurposeKeys | undefined;
	nameOf(staffId: StaffId): string;
	isClosed(): boolean;
	show(drafts: readonly Draft[]): void;
	tellOthers(): void;
}

/** What is sealed of a draft; only ids, owner and time lie beside it in clear. */
interface SealedContent {
	readonly requestId: RequestId;
	readonly formId: string;
	readonly content: JsonValue;
}

/** A draft that is not an operation yet may hold more than one later can (several vehicles), but not anything. */
const MAX_DRAFT_BYTES = 1024 * 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const associatedOf = (id: string, ownerId: StaffId) => encoder.encode(`draft ${id} ${ownerId}`);

export function createDrafts(ports: DraftPorts) {
	const { store, clock, ownerId, currentKeys, keysById, nameOf, isClosed, show, tellOthers } = ports;

	/** All drafts of this device that can be opened, newest first; others wait for their key. */
	const list = async (): Promise<Draft[]> => {
		const drafts: Draft[] = [];
		for (const row of await store.list()) {
			const keys = keysById(row.keyId);
			const opened = keys && (await open(keys.draft, row.sealed, associatedOf(row.id, row.ownerId)));
			if (!opened?.ok) continue;
			const { requestId, formId, content } = JSON.parse(decoder.decode(opened.value)) as SealedContent;
			const { id, ownerId: owner, changedAt } = row;
			drafts.push({ id, requestId, formId, content, changedAt, ownerId: owner, ownerName: nameOf(owner) });
		}
		return drafts.sort((a, b) => b.changedAt - a.changedAt);
	};
	const refresh = async () => {
		const drafts = await list();
		if (!isClosed()) show(drafts);
	};
	/** Shown here and in other windows. */
	const changed = async () => {
		if (isClosed()) return;
		await refresh();
		tellOthers();
	};

	return {
		refresh,
		changed,
		/** Resolves when the sealed draft is on the disk. */
		async save(draft: Pick<Draft, 'id' | 'requestId' | 'formId' | 'content'>): Promise<Result<void, SaveError>> {
			if (isClosed()) return err({ type: 'locked' });
			const { id, requestId, formId, content } = draft;
			const plain = encoder.encode(JSON.stringify({ requestId, formId, content } satisfies SealedContent));
			if (plain.length > MAX_DRAFT_BYTES) return err({ type: 'too-large', bytes: plain.length });
			const keys = currentKeys();
			const sealed = await seal(keys.draft, plain, associatedOf(id, ownerId));
			const written = await store.save({ id, ownerId, keyId: keys.keyId, changedAt: clock.now(), sealed });
			if (!written.ok) return err({ type: 'not-written', name: written.error.name });
			await changed();
			return ok(undefined);
		},
		async discard(id: string): Promise<void> {
			await store.remove(id);
			await changed();
		}
	};
}
