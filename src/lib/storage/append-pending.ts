/** The one path that is raw: a strict IndexedDB transaction, a quarter faster than through Dexie's tables (DESIGN § 3.2). */
import type { AppendError, OwnHead, PendingRow } from '$lib/domain/operation-log';
import { furthest } from '$lib/domain/ranges';
import { err, ok, type Result } from '$lib/domain/result';
import type { CounterDatabase } from './database';
import { parseDeviceHead, parseOwnHead } from './device-heads';
import { nameOfError } from './not-written';
import { pendingRowOf } from './pending-rows';
import { ownBytes } from './row-shape';

/** What is written together or not at all. */
export interface Append {
	readonly rows: readonly PendingRow[];
	readonly next: OwnHead;
	readonly draftId: string | null;
	/** Runs when everything is asked for and nothing is committed; what it throws aborts the transaction. */
	readonly beforeCommit?: () => void;
}

const TABLES = ['pending', 'ownHead', 'heads', 'drafts'];

/** Resolves when the disk has it (`complete` of a strict transaction), never before. */
export function appendStrictly(database: CounterDatabase, append: Append): Promise<Result<void, AppendError>> {
	return new Promise((resolve) => {
		let failure: AppendError | null = null;
		let transaction: IDBTransaction;
		try {
			transaction = database.backendDB().transaction(TABLES, 'readwrite', { durability: 'strict' });
		} catch (error) {
			// Closed meanwhile, by a newer version in another window or by the browser.
			return resolve(err({ type: 'not-written', name: nameOfError(error) }));
		}
		const fail = (error: AppendError) => {
			failure = error;
			transaction.abort();
		};
		transaction.oncomplete = () => resolve(ok(undefined));
		transaction.onabort = () =>
			resolve(err(failure ?? { type: 'not-written', name: transaction.error?.name ?? 'AbortError' }));
		const { deviceId } = append.next;
		try {
			const own = transaction.objectStore('ownHead').get(deviceId);
			const held = transaction.objectStore('heads').get(deviceId);
			// Asked for at once, so that the disk is asked once; where the head has moved, all of it is taken back.
			write(transaction, append);
			held.onsuccess = () => {
				const head = endOf(own.result, held.result);
				if (parseOwnHead(own.result)?.commonTo !== undefined) return fail({ type: 'given-up' });
				if (append.rows[0]?.sequence !== head + 1) return fail({ type: 'head-moved', head });
				try {
					append.beforeCommit?.();
				} catch (error) {
					fail({ type: 'not-written', name: nameOfError(error) });
				}
			};
		} catch (error) {
			fail({ type: 'not-written', name: nameOfError(error) });
		}
	});
}

/** What is continued: the head, or the own segments where they reach further. */
const endOf = (ownRow: unknown, headsRow: unknown): number =>
	furthest(parseOwnHead(ownRow)?.sequence ?? 0, parseDeviceHead(headsRow)?.ranges ?? []);

function write(transaction: IDBTransaction, { rows, next, draftId }: Append): void {
	const pending = transaction.objectStore('pending');
	for (const row of rows) pending.add(pendingRowOf(row));
	transaction.objectStore('ownHead').put({ ...next, chainValue: ownBytes(next.chainValue) });
	if (draftId !== null) transaction.objectStore('drafts').delete(draftId);
}
