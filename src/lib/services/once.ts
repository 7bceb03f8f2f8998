/** An act that must not be done twice. */
import type { Result } from '$lib/domain/result';

/** Pressed twice, it is done once; after a failure it can be done again. */
export function once<A extends readonly unknown[], T, E>(act: (...args: A) => Promise<Result<T, E>>) {
	let done: Promise<Result<T, E>> | null = null;
	return (...args: A): Promise<Result<T, E>> =>
		(done ??= act(...args).then(
			(result) => {
				if (!result.ok) done = null;
				return result;
			},
			(fault: unknown) => {
				done = null;
				throw fault;
			}
		));
}
