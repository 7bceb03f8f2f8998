/** The sealed snapshot of the fold: many chunks and a small head, replaced as a whole or not at all. */
import { parseKeyId, type KeyId } from '$lib/domain/ids';
import type { CounterDatabase } from './database';
import { isBytes, isCount, isRow, isText, ownBytes } from './row-shape';

export interface SealedSnapshotHead {
	/** A machine word; any other version is thrown away and folded anew. */
	readonly version: string;
	readonly keyId: KeyId;
	readonly head: Uint8Array;
}
export interface SealedSnapshot extends SealedSnapshotHead {
	readonly chunks: readonly Uint8Array[];
}

export interface SnapshotStore {
	/** Replaces what was there in one transaction. */
	save(snapshot: SealedSnapshot): Promise<void>;
	/** The head alone, so that a list can show in a tenth of the time. */
	loadHead(): Promise<SealedSnapshotHead | null>;
	/** Null when there is none, or when any part of it is missing or broken. */
	load(): Promise<SealedSnapshot | null>;
	discard(): Promise<void>;
}

/** Part 0 is the head; the chunks follow from 1 on. */
const HEAD_PART = 0;

export const createSnapshotStore = (database: CounterDatabase): SnapshotStore => ({
	save: async ({ version, keyId, head, chunks }) => {
		const headRow = { part: HEAD_PART, version, keyId, head: ownBytes(head), chunkCount: chunks.length };
		const chunkRows = chunks.map((chunk, i) => ({ part: i + 1, chunk: ownBytes(chunk) }));
		await database.transaction('rw', database.snapshots, async () => {
			await database.snapshots.clear();
			await database.snapshots.bulkPut([headRow, ...chunkRows]);
		});
	},
	loadHead: async () => {
		const row = await database.snapshots.get(HEAD_PART);
		const parsed = parseHead(row);
		if (row !== undefined && !parsed) database.damage.report('snapshots', HEAD_PART);
		return parsed && { version: parsed.version, keyId: parsed.keyId, head: parsed.head };
	},
	load: async () => {
		const [headRow, ...chunkRows] = await database.snapshots.orderBy('part').toArray();
		const parsed = parseHead(headRow);
		if (!parsed || parsed.chunkCount !== chunkRows.length) return null;
		const chunks: Uint8Array[] = [];
		for (const [i, row] of chunkRows.entries()) {
			if (!isRow(row) || row.part !== i + 1 || !isBytes(row.chunk)) return null;
			chunks.push(row.chunk);
		}
		return { version: parsed.version, keyId: parsed.keyId, head: parsed.head, chunks };
	},
	discard: () => Promise.resolve(database.snapshots.clear())
});

function parseHead(row: unknown): (SealedSnapshotHead & { readonly chunkCount: number }) | null {
	if (!isRow(row) || row.part !== HEAD_PART || !isText(row.version) || !isBytes(row.head)) return null;
	const keyId = parseKeyId(row.keyId);
	if (!keyId.ok || !isCount(row.chunkCount)) return null;
	return { version: row.version, keyId: keyId.value, head: row.head, chunkCount: row.chunkCount };
}
