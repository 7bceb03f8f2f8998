/** Half-filled forms, sealed, until they become operations; beside the seal only who, when and under which key. */
import { parseKeyId, parseStaffId } from '$lib/domain/ids';
import type { SealedDraft } from '$lib/domain/journal';
import { ok, type Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import type { CounterDatabase } from './database';
import { tryToWrite, type NotWritten } from './not-written';
import { isBytes, isRow, isText, isTime, ownBytes } from './row-shape';

export type { SealedDraft } from '$lib/domain/journal';

export interface DraftStore {
	/** Resolves when the draft is on the disk; the row with the same id is replaced. */
	save(draft: SealedDraft): Promise<Result<void, NotWritten>>;
	list(): Promise<SealedDraft[]>;
	remove(id: string): Promise<void>;
}

export const createDraftStore = (database: CounterDatabase): DraftStore => ({
	save: async ({ id, ownerId, keyId, changedAt, sealed }) => {
		const row = { id, ownerId, keyId, changedAt, sealed: ownBytes(sealed) } satisfies SealedDraft;
		const written = await tryToWrite(() => database.drafts.put(row));
		return written.ok ? ok(undefined) : written;
	},
	list: async () => {
		const drafts: SealedDraft[] = [];
		for (const row of await database.drafts.toArray()) {
			const draft = parseDraft(row);
			if (draft) drafts.push(draft);
			else database.damage.report('drafts', isRow(row) ? row.id : null);
		}
		return drafts;
	},
	remove: (id) => Promise.resolve(database.drafts.delete(id))
});

function parseDraft(row: unknown): SealedDraft | null {
	if (!isRow(row) || !isText(row.id) || !isTime(row.changedAt) || !isBytes(row.sealed)) return null;
	const ownerId = parseStaffId(row.ownerId);
	const keyId = parseKeyId(row.keyId);
	if (!ownerId.ok || !keyId.ok) return null;
	const { id, sealed } = row;
	return { id, ownerId: ownerId.value, keyId: keyId.value, changedAt: row.changedAt as Instant, sealed };
}
