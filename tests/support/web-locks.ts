/** Web Locks for tests in Node, whose older releases have none: a real queue for each name, as `navigator.locks`. */
import { vi } from 'vitest';

interface Options {
	readonly ifAvailable?: boolean;
}
type Held<T> = (lock: { readonly name: string } | null) => T | Promise<T>;

export function createWebLocks() {
	const tails = new Map<string, Promise<unknown>>();
	return {
		async request<T>(name: string, options: Options | Held<T>, held?: Held<T>): Promise<T> {
			const work = typeof options === 'function' ? options : held;
			if (!work) throw new TypeError('a lock is requested for something');
			const before = tails.get(name);
			if (before && typeof options !== 'function' && options.ifAvailable) return work(null);
			const done = (before ?? Promise.resolve()).then(() => work({ name }));
			const tail = done.then(
				() => undefined,
				() => undefined
			);
			tails.set(name, tail);
			void tail.then(() => tails.get(name) === tail && tails.delete(name));
			return done;
		}
	};
}

/** In place of the browser's; `vi.unstubAllGlobals` takes it away again. */
export const stubWebLocks = (): void => void vi.stubGlobal('navigator', { locks: createWebLocks() });
