/** Calls into a worker and events out of it: the few lines a typed `postMessage` needs. */

type Methods = { readonly [name: string]: (...args: never[]) => unknown };
/** The same functions as seen from the other side: every answer is awaited. */
export type Remote<T> = {
	readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

interface Call {
	readonly kind: 'call';
	readonly id: number;
	readonly method: string;
	readonly args: readonly unknown[];
}
interface Reply {
	readonly kind: 'reply';
	readonly id: number;
	readonly value?: unknown;
	readonly fault?: string;
}
interface Told {
	readonly kind: 'event';
	readonly event: unknown;
}

/** The part of a worker, or of a worker's own scope, that messages need. */
export interface MessageEnd {
	postMessage(message: unknown): void;
	addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** Worker side: answers calls with `methods`; returns the function that tells events. A fault keeps its name only, never a value. */
export function answerCalls<E>(end: MessageEnd, methods: Methods): (event: E) => void {
	end.addEventListener('message', (message: MessageEvent<Call>) => {
		const { kind, id, method, args } = message.data;
		if (kind !== 'call') return;
		const answer = async () => {
			const called = methods[method];
			if (!called) throw new Error(`no such call: ${method}`);
			return called(...(args as never[]));
		};
		answer().then(
			(value) => end.postMessage({ kind: 'reply', id, value } satisfies Reply),
			(error: unknown) => end.postMessage({ kind: 'reply', id, fault: faultName(error) } satisfies Reply)
		);
	});
	return (event) => end.postMessage({ kind: 'event', event } satisfies Told);
}

/** Page side: an object whose methods are those of the worker. `onEvent` gets what the worker tells. */
export function callWorker<T extends object, E>(end: MessageEnd, onEvent: (event: E) => void): Remote<T> {
	const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
	let lastId = 0;
	end.addEventListener('message', ({ data }: MessageEvent<Reply | Told>) => {
		if (data.kind === 'event') return onEvent(data.event as E);
		const call = waiting.get(data.id);
		waiting.delete(data.id);
		if (data.fault !== undefined) call?.reject(new Error(data.fault));
		else call?.resolve(data.value);
	});
	return new Proxy({} as Remote<T>, {
		get: (_, method: string) =>
			method === 'then'
				? undefined
				: (...args: unknown[]) =>
						new Promise((resolve, reject) => {
							waiting.set(++lastId, { resolve, reject });
							end.postMessage({ kind: 'call', id: lastId, method, args } satisfies Call);
						})
	});
}

/** Name and message of a bug; messages of our own code and of the browser hold no personal data. */
const faultName = (error: unknown): string =>
	error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown fault';
