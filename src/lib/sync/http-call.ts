/** One signed HTTP call: CBOR out, CBOR back, every other answer sorted into the classes of SY10. */
import { err, ok, type Result } from '$lib/domain/result';
import { MAX_MESSAGE_BYTES } from './protocol';
import type { TransportError } from './transport-error';
import type { Bytes } from './wire';

/** What a device token is bound to; `nowMs` is the device's clock, corrected by what a server said of it. */
export interface TokenRequest {
	readonly method: 'POST';
	readonly path: string;
	readonly body: Uint8Array;
	readonly nowMs: number;
}
export type SignToken = (request: TokenRequest) => Promise<string>;

export interface HttpPorts {
	/** E.g. `https://notschalter.example`, without a slash at the end. */
	readonly origin: string;
	readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
	/** Raw device clock, ms. */
	readonly now: () => number;
	/** 60 s unless told (SY13). */
	readonly timeoutMs?: number;
}

export interface Answered {
	readonly body: Bytes;
	readonly sentAt: number;
	readonly receivedAt: number;
}

export interface HttpCall {
	readonly path: string;
	readonly body: Bytes;
	/** null: a call that needs no token. */
	readonly signToken: SignToken | null;
	readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 60_000;
const MAX_RETRY_AFTER_MS = 3_600_000;
const MAX_PROBLEM_BYTES = 16 * 1024;
/** Below this the device's clock is not the reason for a refused token. */
const CLOCK_TOLERANCE_MS = 1_000;

/** Calls one server; remembers how far the device's clock is from the server's once a 401 has told. */
export function createHttpCaller(ports: HttpPorts): (call: HttpCall) => Promise<Result<Answered, TransportError>> {
	let offsetMs = 0;
	return async (call) => {
		const first = await callOnce(ports, call, offsetMs);
		if (first.ok || first.error.type !== 'needs-sign-in') return first;
		const told = first.error.clockOffsetMs;
		if (told === null || Math.abs(told - offsetMs) < CLOCK_TOLERANCE_MS) return first;
		offsetMs = told;
		return callOnce(ports, call, offsetMs);
	};
}

async function callOnce(
	{ origin, fetch, now, timeoutMs = TIMEOUT_MS }: HttpPorts,
	{ path, body, signToken, signal }: HttpCall,
	offsetMs: number
): Promise<Result<Answered, TransportError>> {
	const headers: Record<string, string> = { 'content-type': 'application/cbor', accept: 'application/cbor' };
	if (signToken) {
		const token = await signToken({ method: 'POST', path, body, nowMs: now() + offsetMs });
		headers.authorization = `Bearer ${token}`;
	}
	const limit = limitedBy(timeoutMs, signal);
	const sentAt = now();
	try {
		const response = await fetch(origin + path, {
			method: 'POST',
			headers,
			body,
			signal: limit.signal,
			// A redirect is a portal's or another server's; the token is for this one.
			redirect: 'manual',
			cache: 'no-store',
			credentials: 'omit',
			referrerPolicy: 'no-referrer'
		});
		const error = await errorOf(response, now);
		if (error) return err(error);
		const answer = await readUpTo(response, MAX_MESSAGE_BYTES);
		return answer
			? ok({ body: answer, sentAt, receivedAt: now() })
			: err({ type: 'not-our-server', status: response.status });
	} catch {
		return err({ type: 'unreachable', cause: limit.timedOut() ? 'timeout' : signal?.aborted ? 'aborted' : 'network' });
	} finally {
		limit.clear();
	}
}

/** null: a 200 or 201 in our own format. */
async function errorOf(response: Response, now: () => number): Promise<TransportError | null> {
	const { status } = response;
	if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) return { type: 'not-our-server', status };
	if (status === 413) return { type: 'too-large' };
	if (status === 200 || status === 201)
		return mediaTypeOf(response) === 'application/cbor' ? null : { type: 'not-our-server', status };
	const problem = await problemOf(response);
	if (status === 408 || status === 425 || status === 429 || status >= 500)
		return { type: 'busy', status, problem: problem?.type ?? null, retryAfterMs: retryAfterOf(response, now()) };
	if (!problem || status < 400) return { type: 'not-our-server', status };
	if (status === 401)
		return {
			type: 'needs-sign-in',
			problem: problem.type,
			clockOffsetMs: problem.time === null ? null : problem.time - now()
		};
	return { type: 'refused', status, problem: problem.type };
}

const mediaTypeOf = (response: Response): string =>
	(response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();

/** Seconds or a date (RFC 9110 § 10.2.3); nobody is sent away for longer than an hour. */
function retryAfterOf(response: Response, nowMs: number): number | null {
	const told = response.headers.get('retry-after')?.trim() ?? '';
	const waitMs = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - nowMs;
	return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), MAX_RETRY_AFTER_MS);
}

/** The machine word of a problem (RFC 9457), and the server's clock where it is told. */
async function problemOf(response: Response): Promise<{ readonly type: string; readonly time: number | null } | null> {
	if (mediaTypeOf(response) !== 'application/problem+json') return null;
	const bytes = await readUpTo(response, MAX_PROBLEM_BYTES);
	if (!bytes) return null;
	try {
		const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
		if (typeof value !== 'object' || value === null) return null;
		const { type, time } = value as { type?: unknown; time?: unknown };
		if (typeof type !== 'string' || !/^[a-z][a-z0-9-]{0,40}$/.test(type)) return null;
		return { type, time: typeof time === 'number' && Number.isSafeInteger(time) ? time : null };
	} catch {
		return null;
	}
}

/** Reads no more than `limit` bytes, whatever the other side goes on to send; null when there is more. */
async function readUpTo(response: Response, limit: number): Promise<Bytes | null> {
	const reader = response.body?.getReader();
	if (!reader) return new Uint8Array();
	const parts: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		length += value.length;
		if (length > limit) {
			await reader.cancel();
			return null;
		}
		parts.push(value);
	}
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** One signal for the caller's wish to stop and for our own limit. */
function limitedBy(timeoutMs: number, signal: AbortSignal | undefined) {
	const controller = new AbortController();
	let late = false;
	const stop = () => controller.abort();
	const timer = setTimeout(() => {
		late = true;
		stop();
	}, timeoutMs);
	if (signal?.aborted) stop();
	signal?.addEventListener('abort', stop);
	return {
		signal: controller.signal,
		timedOut: () => late,
		clear: () => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
		}
	};
}
