/** Faults of the disk under the database, told apart by what an administrator has to do about them. */
import type { ProblemType } from './problem';

export type StorageFault = Extract<ProblemType, 'storage-full' | 'storage-read-only' | 'storage-fault'>;

/** Of a fault thrown by the database or the folder it is in; null: a bug of ours, or of one call. Codes: https://sqlite.org/rescode.html */
export function storageFaultOf(error: unknown): StorageFault | null {
	const code = codeOf(error);
	if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'storage-full';
	if (/^SQLITE_(READONLY|PERM)|^(EACCES|EPERM|EROFS)$/.test(code)) return 'storage-read-only';
	return /^SQLITE_(IOERR|CANTOPEN|BUSY|LOCKED|CORRUPT|NOTADB|NOMEM|PROTOCOL)/.test(code) ? 'storage-fault' : null;
}

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What happened, what is safe, what to do: for the log and for a start that fails. */
export const storageSentence = (fault: StorageFault): string =>
	`${WHAT_HAPPENED[fault]} Was als vorhanden gemeldet wurde, ist gespeichert; die Geräte behalten alles und versuchen es weiter.`;

const WHAT_HAPPENED: Readonly<Record<StorageFault, string>> = {
	'storage-full':
		'Die Datenbank kann nichts speichern: der Datenträger ist voll. Bitte auf dem Datenträger von DATA_DIR Platz schaffen.',
	'storage-read-only':
		'Die Datenbank kann nichts speichern: DATA_DIR oder eine Datei darin ist schreibgeschützt. Bitte die Rechte des Benutzerkontos prüfen, unter dem der Server läuft.',
	'storage-fault':
		'Die Datenbank kann nicht lesen oder schreiben. Bitte Datenträger und Ordner von DATA_DIR prüfen; vielleicht hält auch ein anderes Programm die Datei fest.'
};

export const STORAGE_WORKS = 'Die Datenbank kann wieder speichern.';

/** What a log is told: only when the state changes, for a full disk must not be filled with lines about it. */
export interface StorageWatch {
	/** → what kind of fault it is, now in the log; null: none of the disk. */
	failed(error: unknown): StorageFault | null;
	worked(): void;
}

export interface StorageLog {
	error(fields: { readonly fault: StorageFault; readonly code: string }, sentence: string): void;
	info(fields: { readonly fault: null }, sentence: string): void;
}

export function createStorageWatch(log: StorageLog): StorageWatch {
	let state: StorageFault | null = null;
	return {
		failed(error) {
			const fault = storageFaultOf(error);
			if (fault && fault !== state) log.error({ fault, code: codeOf(error) }, storageSentence(fault));
			state = fault ?? state;
			return fault;
		},
		worked() {
			if (state !== null) log.info({ fault: null }, STORAGE_WORKS);
			state = null;
		}
	};
}

/** An answer is given to all who ask until it is this old: a monitor asks more rarely, and a disk fills up more slowly. */
export const PROBE_HOLDS_MS = 2_000;

/**
 * Whether the disk takes something. One write for all who ask meanwhile and shortly afterwards: anybody may ask, and each write is a flush.
 * @param write One small write.
 * @param now Ms, of a clock that nobody sets.
 */
export function createProbe(
	storage: StorageWatch,
	write: () => Promise<void>,
	now: () => number = () => performance.now()
): () => Promise<StorageFault | 'ready'> {
	let latest: Promise<StorageFault | 'ready'> | null = null;
	let endedAt: number | null = null;
	const once = async () => {
		try {
			await write();
			storage.worked();
			return 'ready';
		} catch (error) {
			return storage.failed(error) ?? 'storage-fault';
		} finally {
			endedAt = now();
		}
	};
	return () => {
		if (latest === null || (endedAt !== null && now() - endedAt >= PROBE_HOLDS_MS)) {
			endedAt = null;
			latest = once();
		}
		return latest;
	};
}
