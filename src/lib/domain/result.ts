/** Result: expected failures are values, never exceptions. */

export interface Ok<T> {
	readonly ok: true;
	readonly value: T;
}
export interface Err<E> {
	readonly ok: false;
	readonly error: E;
}
export type Result<T, E> = Ok<T> | Err<E>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** Ends a `switch` over a union: the compiler proves that no member was forgotten. */
export function unreachable(value: never): never {
	throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
