/** What is said when the disk refuses: the name of the fault and nothing of the content. */
import { err, ok, type Result } from '$lib/domain/result';

/** Nothing was written. `name` is the DOMException's name, e.g. `QuotaExceededError`. */
export interface NotWritten {
	readonly type: 'not-written';
	readonly name: string;
}

/** Runs a write that is one transaction: all of it or nothing. */
export async function tryToWrite<T>(write: () => PromiseLike<T>): Promise<Result<T, NotWritten>> {
	try {
		return ok(await write());
	} catch (error) {
		return err({ type: 'not-written', name: nameOfError(error) });
	}
}

/** The name only, never the message: that may hold a path. Dexie wraps the browser's own error as `inner`. */
export function nameOfError(error: unknown): string {
	if (!(error instanceof Error)) return 'UnknownError';
	const inner: unknown = 'inner' in error ? error.inner : null;
	return inner instanceof Error || inner instanceof DOMException ? inner.name : error.name;
}
