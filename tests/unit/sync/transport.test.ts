/** How answers of all kinds are sorted (SY10, SY14), and what a call carries. */
import { describe, expect, it, vi } from 'vitest';
import type { SpaceId } from '$lib/domain/ids';
import { encodeHello, SERVICE } from '$lib/sync/calls';
import { encodeAnswer, MAX_MESSAGE_BYTES, type ExchangeAnswer } from '$lib/sync/protocol';
import { createHttpTransport, type TokenRequest } from '$lib/sync/transport';
import { errorClassOf } from '$lib/sync/transport-error';

const SPACE = '5'.repeat(32) as SpaceId;
const NOW = 1_800_000_000_000;
const EMPTY = { heads: new Map(), segments: [], deviceKeys: [], keyring: { tips: [], records: [] } };
const HTML = { headers: { 'content-type': 'text/html' } };
const CBOR = { headers: { 'content-type': 'application/cbor' } };

type Answer = (init: RequestInit, call: number) => Response | Promise<Response>;

function transportTo(answer: Answer, timeoutMs?: number) {
	const tokens: TokenRequest[] = [];
	const fetch = vi.fn((_input: string, init: RequestInit) => Promise.resolve(answer(init, fetch.mock.calls.length)));
	const transport = createHttpTransport({
		origin: 'https://server.test',
		fetch,
		now: () => NOW,
		timeoutMs,
		signToken: (request) => {
			tokens.push(request);
			return Promise.resolve(`token-${tokens.length}`);
		}
	});
	return { transport, fetch, tokens, exchange: () => transport.exchange(SPACE, EMPTY) };
}

const problem = (status: number, type: string, extra: object = {}, headers: Record<string, string> = {}) =>
	new Response(JSON.stringify({ type, status, ...extra }), {
		status,
		headers: { 'content-type': 'application/problem+json', ...headers }
	});

describe('an answer', () => {
	it.each<[string, Answer, object, string]>([
		['a captive portal’s page', () => new Response('<html>', HTML), { type: 'not-our-server' }, 'retry-later'],
		[
			'CBOR of somebody else',
			() => new Response(new Uint8Array([0xa0]), CBOR),
			{ type: 'not-our-server' },
			'retry-later'
		],
		['a redirect', () => new Response(null, { status: 302 }), { type: 'not-our-server' }, 'retry-later'],
		[
			'another server’s 404',
			() => new Response('nix', { status: 404, ...HTML }),
			{ type: 'not-our-server' },
			'retry-later'
		],
		['a portal’s 511', () => new Response('', { status: 511 }), { type: 'busy', status: 511 }, 'retry-later'],
		['a proxy’s 502', () => new Response('', { status: 502, ...HTML }), { type: 'busy', problem: null }, 'retry-later'],
		['408', () => problem(408, 'too-slow'), { type: 'busy', problem: 'too-slow' }, 'retry-later'],
		['425', () => new Response('', { status: 425 }), { type: 'busy', status: 425 }, 'retry-later'],
		[
			'429',
			() => problem(429, 'too-many-attempts', {}, { 'retry-after': '7' }),
			{ type: 'busy', retryAfterMs: 7_000 },
			'retry-later'
		],
		[
			'401',
			() => problem(401, 'unknown-device'),
			{ type: 'needs-sign-in', problem: 'unknown-device' },
			'needs-sign-in'
		],
		['413 of a proxy', () => new Response('', { status: 413, ...HTML }), { type: 'too-large' }, 'needs-person'],
		['403', () => problem(403, 'device-revoked'), { type: 'refused', problem: 'device-revoked' }, 'needs-person'],
		['404', () => problem(404, 'unknown-space'), { type: 'refused', status: 404 }, 'needs-person'],
		[
			'a problem that is none',
			() => new Response('{', { status: 400, headers: { 'content-type': 'application/problem+json' } }),
			{ type: 'not-our-server' },
			'retry-later'
		],
		[
			'no network',
			() => Promise.reject(new TypeError('fetch failed')),
			{ type: 'unreachable', cause: 'network' },
			'retry-later'
		]
	])('of %s is sorted', async (_name, answer, expected, errorClass) => {
		const result = await transportTo(answer).exchange();
		expect(result).toMatchObject({ ok: false, error: expected });
		if (!result.ok) expect(errorClassOf(result.error)).toBe(errorClass);
	});

	const answerWith = (nonce: Uint8Array): ExchangeAnswer => ({
		...EMPTY,
		nonce,
		refused: [],
		more: false,
		time: NOW + 4_000
	});

	it('[SY2] is believed only with our nonce in it', async () => {
		const wrong = transportTo(() => new Response(encodeAnswer(answerWith(new Uint8Array(16))), CBOR));
		expect(await wrong.exchange()).toEqual({ ok: false, error: { type: 'not-our-server', status: 200 } });
	});

	it('[SY14] of the greeting too', async () => {
		const hello = encodeHello({ nonce: new Uint8Array(16), time: NOW, service: SERVICE, version: '1' });
		const { transport } = transportTo(() => new Response(hello, CBOR));
		expect(await transport.hello()).toEqual({ ok: false, error: { type: 'not-our-server', status: 200 } });
	});

	it('is read no further than a message may be long', async () => {
		const pulled = vi.fn();
		const endless = new ReadableStream<Uint8Array>({
			pull(controller) {
				pulled();
				controller.enqueue(new Uint8Array(1024 * 1024));
			}
		});
		const result = await transportTo(() => new Response(endless, CBOR)).exchange();
		expect(result).toMatchObject({ error: { type: 'not-our-server' } });
		expect(pulled.mock.calls.length).toBeLessThan(MAX_MESSAGE_BYTES / 1024 / 1024 + 4);
	});
});

describe('a call', () => {
	it('carries a token for this method, path and body, and no cookie, referrer or redirect', async () => {
		const { exchange, fetch, tokens } = transportTo(() => new Response('', { status: 503 }));
		await exchange();
		const [input, init] = fetch.mock.calls[0]!;
		expect(input).toBe(`https://server.test/api/v1/spaces/${SPACE}/exchange`);
		expect(init).toMatchObject({
			method: 'POST',
			credentials: 'omit',
			redirect: 'manual',
			cache: 'no-store',
			referrerPolicy: 'no-referrer'
		});
		expect(new Headers(init.headers).get('authorization')).toBe('Bearer token-1');
		expect(tokens).toEqual([{ method: 'POST', path: `/api/v1/spaces/${SPACE}/exchange`, body: init.body, nowMs: NOW }]);
	});

	it('[SY8] is signed again, once, with the time that a 401 tells, and from then on at once', async () => {
		const time = NOW - 10 * 365 * 86_400_000;
		const { exchange, tokens } = transportTo((init) =>
			new Headers(init.headers).get('authorization') === 'Bearer token-1'
				? problem(401, 'token-time', { time })
				: problem(403, 'device-revoked')
		);
		expect(await exchange()).toMatchObject({ error: { type: 'refused' } });
		expect(tokens.map(({ nowMs }) => nowMs)).toEqual([NOW, time]);
		await exchange();
		expect(tokens.at(-1)?.nowMs).toBe(time);
	});

	it('is not signed again and again for a server that never agrees', async () => {
		const { exchange, tokens } = transportTo(() => problem(401, 'token-time', { time: NOW - 1e9 }));
		expect(await exchange()).toEqual({
			ok: false,
			error: { type: 'needs-sign-in', problem: 'token-time', clockOffsetMs: -1e9 }
		});
		expect(tokens).toHaveLength(2);
		await exchange();
		expect(tokens).toHaveLength(3);
	});

	it('[SY13] is given up after its time limit', async () => {
		const { exchange } = transportTo(
			({ signal }) => new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason))),
			5
		);
		expect(await exchange()).toEqual({ ok: false, error: { type: 'unreachable', cause: 'timeout' } });
	});

	it('is given up when the caller says so', async () => {
		const controller = new AbortController();
		const { transport } = transportTo(({ signal }) => {
			controller.abort();
			return Promise.reject(signal!.reason);
		});
		expect(await transport.exchange(SPACE, EMPTY, controller.signal)).toEqual({
			ok: false,
			error: { type: 'unreachable', cause: 'aborted' }
		});
	});
});
