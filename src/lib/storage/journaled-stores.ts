/** The stores with a journal beside them: whatever is written is written to both. The one place where that is decided. */
import type { DeviceId } from '$lib/domain/ids';
import type { IdentityRow, JournalEntry } from '$lib/domain/journal';
import type { OperationLog, PendingRow, Segment } from '$lib/domain/operation-log';
import type { DeviceKeyStore } from './device-key-store';
import type { DraftStore } from './draft-store';
import type { IdentityStore } from './identity-store';
import type { KeyringStore } from './keyring-store';
import type { ServerStore } from './server-store';

/** What is copied. Snapshot, lock state and what servers last said can be had again, or may be lost. */
export interface CopiedStores {
	readonly log: OperationLog;
	readonly identity: IdentityStore;
	readonly keyring: KeyringStore;
	readonly deviceKeys: DeviceKeyStore;
	readonly drafts: DraftStore;
	readonly servers: ServerStore;
}

/** Writes to the journal. Resolves in any case: what did not reach it is noted, told and completed later. */
export type WriteCopy = (entries: readonly JournalEntry[]) => Promise<void>;

/**
 * Held `shared` while something is written of which the later counts, `exclusive` while the copies are compared: so no older
 * state is taken from one and written behind a newer one in the other.
 */
export const copyLock = (databaseName: string): string => `notschalter.copy.${databaseName}`;

/** Everything but a save goes to the database first: what the journal tells later is then never older. */
export function withJournal(stores: CopiedStores, write: WriteCopy, databaseName: string): CopiedStores {
	const { identity, keyring, deviceKeys, drafts, servers } = stores;
	const shared = <T>(step: () => Promise<T>): Promise<T> =>
		navigator.locks.request(copyLock(databaseName), { mode: 'shared' }, step);
	/** As the database holds it: of two windows, the later one counts in both. */
	async function writeServer(origin: string): Promise<void> {
		const server = (await servers.list()).find((known) => known.origin === origin);
		if (server) await write([{ type: 'server', origin, paused: server.paused }]);
	}
	return {
		log: journaledLog(stores, write),
		identity: {
			...identity,
			save: (own) =>
				shared(async () => {
					const saved = await identity.save(own);
					if (saved.ok) await write([{ type: 'identity', row: { ...own } satisfies IdentityRow }]);
					return saved;
				}),
			update: (change) =>
				shared(async () => {
					const saved = await identity.update(change);
					const own = saved.ok ? await identity.load() : null;
					if (own) await write([{ type: 'identity', row: { ...own } satisfies IdentityRow }]);
					return saved;
				})
		},
		keyring: {
			...keyring,
			addRecords: async (records) => {
				const added = await keyring.addRecords(records);
				if (added > 0) await write(records.map((record) => ({ type: 'keyring-record', record })));
				return added;
			},
			addOwn: async (records) => {
				const added = await keyring.addOwn(records);
				if (added.ok && added.value > 0) await write(records.map((record) => ({ type: 'keyring-record', record })));
				return added;
			}
		},
		deviceKeys: {
			...deviceKeys,
			add: async (keys) => {
				const held = new Set((await deviceKeys.list()).map(({ deviceId }) => deviceId));
				await deviceKeys.add(keys);
				const lacking = keys.filter(({ deviceId }) => !held.has(deviceId));
				if (lacking.length > 0) await write(lacking.map((key) => ({ type: 'device-key', ...key })));
			}
		},
		drafts: {
			...drafts,
			// At once: on a page that is going away, a lock would come too late. The later draft is told by its time.
			save: async (draft) => {
				const saved = await drafts.save(draft);
				if (saved.ok) await shared(() => write([{ type: 'draft', draft }]));
				return saved;
			},
			remove: (id) =>
				shared(async () => {
					await drafts.remove(id);
					await write([{ type: 'draft-removed', id }]);
				})
		},
		servers: {
			...servers,
			add: (origin) =>
				shared(async () => {
					const added = await servers.add(origin);
					if (added.ok) await writeServer(origin);
					return added;
				}),
			pause: (origin, paused) =>
				shared(async () => {
					const written = await servers.pause(origin, paused);
					if (written.ok) await writeServer(origin);
					return written;
				}),
			remove: (origin) =>
				shared(async () => {
					const removed = await servers.remove(origin);
					if (removed.ok) await write([{ type: 'server-removed', origin }]);
					return removed;
				})
		}
	};
}

function journaledLog({ log, drafts }: CopiedStores, write: WriteCopy): OperationLog {
	/** The transaction took back what the journal has: its history ends where it did, and the draft is still there. */
	async function takeBack(deviceId: DeviceId, draftId: string | null): Promise<void> {
		const entries: JournalEntry[] = [{ type: 'saved', rows: [], head: await log.ownHead(deviceId), draftId: null }];
		const draft = draftId !== null && (await drafts.list()).find(({ id }) => id === draftId);
		if (draft) entries.push({ type: 'draft', draft });
		await write(entries);
	}
	return {
		...log,
		/** Beside each other: neither waits for the other, and both are waited for. */
		appendPending: async (rows, head, draftId) => {
			const [appended] = await Promise.all([
				log.appendPending(rows, head, draftId),
				write([{ type: 'saved', rows, head, draftId }])
			]);
			if (!appended.ok) await takeBack(head.deviceId, draftId);
			return appended;
		},
		stopWriting: async (deviceId, commonTo) => {
			await log.stopWriting(deviceId, commonTo);
			await write([{ type: 'kept', rows: [], head: await log.ownHead(deviceId) }]);
		},
		/** Some entries: where a crash parts them, the copies are brought together by what the database holds. */
		beginAnew: async (beginning) => {
			const begun = await log.beginAnew(beginning);
			if (!begun.ok) return begun;
			const { givenUp, rows, next, former } = beginning;
			const aside = (await log.setAsideSegments()).filter(({ segment }) => isOneOf(givenUp, segment));
			await write([
				...aside.map((setAside): JournalEntry => ({ type: 'set-aside', setAside })),
				{ type: 'kept', rows: [], head: await log.ownHead(former) },
				...inParts(rows).map((part): JournalEntry => ({ type: 'kept', rows: part, head: next }))
			]);
			return begun;
		},
		replacePending: async (deviceId, from, to, segments) => {
			const replaced = await log.replacePending(deviceId, from, to, segments);
			if (replaced) await write(segments.map((segment) => ({ type: 'segment', segment })));
			return replaced;
		},
		addSegments: async (segments) => {
			const taken = await log.addSegments(segments);
			const entries: JournalEntry[] = taken.added.map((segment) => ({ type: 'segment', segment }));
			// As the log set them aside just now; a comparison of the copies would only add what is not there by name.
			for (const segment of taken.clashing)
				entries.push({
					type: 'set-aside',
					setAside: { segment, reason: 'second-history', setAsideAt: Date.now() }
				});
			if (entries.length > 0) await write(entries);
			return taken;
		},
		setAside: async (segments) => {
			await log.setAside(segments);
			await write(segments.map((setAside) => ({ type: 'set-aside', setAside })));
		}
	};
}

const isOneOf = (segments: readonly Segment[], { signature }: Segment): boolean =>
	segments.some((one) => one.signature.every((byte, i) => byte === signature[i]));

/** So many rows in one entry: one damaged place must not cost much. */
const ROWS_TOGETHER = 16;

function inParts(rows: readonly PendingRow[]): (readonly PendingRow[])[] {
	const parts: (readonly PendingRow[])[] = [];
	for (let at = 0; at < rows.length; at += ROWS_TOGETHER) parts.push(rows.slice(at, at + ROWS_TOGETHER));
	return parts;
}
