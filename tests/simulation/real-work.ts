/**
 * Work that no seed decides on: cryptography and streams run on other threads and end when they end. A step of the
 * simulation is over only when none of it is left, so that its order never depends on which was faster.
 */
const SUBTLE = ['decrypt', 'deriveBits', 'deriveKey', 'digest', 'encrypt', 'exportKey'] as const;
const SUBTLE_OF_KEYS = ['generateKey', 'importKey', 'sign', 'unwrapKey', 'verify', 'wrapKey'] as const;

type Waiting = (...args: unknown[]) => Promise<unknown>;

let outstanding = 0;
let onIdle: (() => void) | null = null;

function ended(): void {
	outstanding--;
	if (outstanding === 0) onIdle?.();
}

/** Replaces a method by itself, counted while it has not answered. → takes it back. */
function count(owner: object, method: string): () => void {
	const before = Object.getOwnPropertyDescriptor(owner, method);
	const original = Reflect.get(owner, method) as Waiting;
	const value: Waiting = function (this: unknown, ...args) {
		outstanding++;
		const answer = Reflect.apply(original, this, args) as Promise<unknown>;
		answer.then(ended, ended);
		return answer;
	};
	Object.defineProperty(owner, method, { configurable: true, writable: true, value });
	return () => (before ? Object.defineProperty(owner, method, before) : Reflect.deleteProperty(owner, method));
}

/** From now on it is known what is left to do. → the end of it. */
export function watchRealWork(): () => void {
	const undo = [
		...[...SUBTLE, ...SUBTLE_OF_KEYS].map((method) => count(crypto.subtle, method)),
		count(Response.prototype, 'arrayBuffer'),
		count(ReadableStreamDefaultReader.prototype, 'read')
	];
	return () => undo.forEach((one) => one());
}

/** Resolves when every promise that can go on by itself has gone on. */
export async function realWorkDone(): Promise<void> {
	for (;;) {
		await new Promise((resolve) => setImmediate(resolve));
		if (outstanding === 0) return;
		await new Promise<void>((resolve) => (onIdle = resolve));
		onIdle = null;
	}
}
