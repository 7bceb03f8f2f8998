/** A line that loses, repeats, delays and forges, in front of a real server: no fault loses, shows as sent, or blocks anything. */
import 'fake-indexeddb/auto';
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerError } from '$lib/services/workspace';
import { errorText } from '$lib/ui/text/errors';
import { exchangePair, type ExchangePair } from '../support/exchange-pair';
import type { Line, LineAnswer, LineCall } from '../support/faulty-line';

let pair: ExchangePair;
beforeEach(async () => {
	pair = await exchangePair();
	await pair.two.write(4, 2);
	await pair.two.exchange();
	await pair.one.write(6, 2);
});
afterEach(() => pair.close());

const HTML = '<!doctype html><title>Anmeldung</title><p>Bitte den Bedingungen zustimmen.';
const CBOR = { 'content-type': 'application/cbor' };
const text = (body: string) => new TextEncoder().encode(body);

/** The server never hears of the call. */
const instead =
	(status: number, headers: Record<string, string> = {}, body = ''): Line =>
	async () => ({ status, headers, body: text(body) });
const problem = (status: number, type: string, headers: Record<string, string> = {}): Line =>
	instead(status, { 'content-type': 'application/problem+json', ...headers }, JSON.stringify({ type, status }));

/** The server has done its part; what it says is another thing. */
const twisted =
	(twist: (answer: LineAnswer) => LineAnswer | null): Line =>
	async (call) =>
		twist(await call.pass());
const inBytes = (twist: (body: Uint8Array) => Uint8Array): Line =>
	twisted((answer) => ({ ...answer, body: twist(answer.body) }));
const inFields = (twist: (fields: Record<string, unknown>) => unknown): Line =>
	inBytes((body) => new Uint8Array(encode(twist(decode(body) as Record<string, unknown>), rfc8949EncodeOptions)));

const UNREACHABLE: ServerError = { type: 'unreachable' };
const NOT_OURS: ServerError = { type: 'not-our-server' };

/** The head of a map of fewer than 24 entries, with as many more. */
const withEntries = (body: Uint8Array, more: number, ...parts: Uint8Array[]): Uint8Array =>
	new Uint8Array(Buffer.concat([Uint8Array.of(body[0]! + more), body.subarray(1), ...parts]));
const entry = (key: string, value: number[]) => new Uint8Array([...encode(key), ...value]);

describe('[SY5][SY10] one exchange over a line that', { timeout: 120_000 }, () => {
	it.each<[string, Line, ServerError]>([
		['loses the request', async () => null, UNREACHABLE],
		['loses the answer', twisted(() => null), UNREACHABLE],
		['is answered by a portal’s page with 200', instead(200, { 'content-type': 'text/html' }, HTML), NOT_OURS],
		['is answered by a page that calls itself CBOR', instead(200, CBOR, HTML), NOT_OURS],
		['is answered with nothing at all', instead(200, CBOR), NOT_OURS],
		['is sent elsewhere', instead(302, { location: 'http://portal.invalid/' }), NOT_OURS],
		['meets another server’s 404', instead(404, { 'content-type': 'text/html' }, HTML), NOT_OURS],
		['meets a filter’s 451', instead(451, { 'content-type': 'text/html' }, HTML), NOT_OURS],
		[
			'meets a proxy that takes no such message',
			instead(413, { 'content-type': 'text/html' }, HTML),
			{ type: 'message-too-large' }
		],
		['meets 408', problem(408, 'too-slow'), { type: 'server-busy', retryAfterMs: 60_000 }],
		['meets 425', instead(425), { type: 'server-busy', retryAfterMs: 60_000 }],
		['meets 429 with a time', instead(429, { 'retry-after': '90' }), { type: 'server-busy', retryAfterMs: 90_000 }],
		[
			'meets 429 with a date',
			instead(429, { 'retry-after': 'Fri, 15 Jan 2027 08:02:00 GMT' }),
			{ type: 'server-busy', retryAfterMs: 120_000 }
		],
		['meets 429 without', instead(429), { type: 'server-busy', retryAfterMs: 60_000 }],
		['meets 429 with nonsense', instead(429, { 'retry-after': 'bald' }), { type: 'server-busy', retryAfterMs: 60_000 }],
		[
			'meets 429 for ever',
			instead(429, { 'retry-after': '99999999999' }),
			{ type: 'server-busy', retryAfterMs: 3_600_000 }
		],
		[
			'meets 503 with a time',
			problem(503, 'stopping', { 'retry-after': '5' }),
			{ type: 'server-busy', retryAfterMs: 5_000 }
		],
		['meets 500', problem(500, 'server-fault'), { type: 'server-fault', status: 500, title: 'server-fault' }],
		[
			'meets 502',
			instead(502, { 'content-type': 'text/html' }, HTML),
			{ type: 'server-fault', status: 502, title: '' }
		],
		['meets 504', instead(504), { type: 'server-fault', status: 504, title: '' }],
		['meets 401', problem(401, 'unknown-device'), { type: 'unknown-device' }],
		['meets 403', problem(403, 'device-revoked'), { type: 'device-revoked' }],
		[
			'meets a 4xx of the future',
			problem(422, 'something-new'),
			{ type: 'server-fault', status: 422, title: 'something-new' }
		],
		['forges the nonce', inFields((fields) => ({ ...fields, nonce: new Uint8Array(16) })), NOT_OURS],
		['loses a field', inFields(({ heads: _, ...fields }) => fields), NOT_OURS],
		['loses a byte at the end', inBytes((body) => body.subarray(0, -1)), NOT_OURS],
		['adds a byte at the end', inBytes((body) => new Uint8Array([...body, 0])), NOT_OURS],
		['says a field twice', inBytes((body) => withEntries(body, 1, entry('more', [0xf5]))), NOT_OURS],
		['says a number the long way', inBytes((body) => withEntries(body, 1, entry('new', [0x18, 0x01]))), NOT_OURS],
		['gives no length', inBytes((body) => new Uint8Array([0xbf, ...body.subarray(1), 0xff])), NOT_OURS],
		['says a tag', inBytes((body) => withEntries(body, 1, entry('new', [0xc1, 0x01]))), NOT_OURS],
		['sends lists in lists without end', inBytes(() => new Uint8Array(1_000_000).fill(0x81)), NOT_OURS],
		[
			'sends a million nothings',
			inBytes(() => new Uint8Array([0x9a, 0, 0x0f, 0x42, 0x40, ...new Uint8Array(1_000_000).fill(0x80)])),
			NOT_OURS
		],
		['sends more than a message', inBytes((body) => new Uint8Array([...body, ...new Uint8Array(5_000_000)])), NOT_OURS]
	])('%s', async (_name, fault, expected) => {
		const report = await pair.exchangeOver(fault);
		expect(report).toMatchObject({ error: expected, sent: 0, received: 0 });
		expect(await pair.one.desk.servers.unsentCount(await pair.one.desk.log.heads())).toBeGreaterThan(0);
		// A clerk reads what happened, what is safe, and what to do.
		expect(errorText(report.error!)).toMatch(/^\p{Lu}.*\. .*\.$/su);
		await pair.expectEqualAfterGoodExchanges();
	});

	it('adds what a later version may say is understood all the same', async () => {
		const report = await pair.exchangeOver(inFields((fields) => ({ ...fields, someday: [1, { a: 'b' }] })));
		expect(report).toMatchObject({ error: null, sent: 6, received: 4 });
		await pair.expectEqualAfterGoodExchanges();
	});
});

describe('[SY5] messages', { timeout: 120_000 }, () => {
	it('that come twice are taken in once', async () => {
		const report = await pair.exchangeOver(async (call) => {
			await call.pass();
			return call.pass();
		});
		expect(report).toMatchObject({ error: null, sent: 6, received: 4 });
		await pair.expectEqualAfterGoodExchanges();
	});

	it('answered with what was said to the call before are not believed', async () => {
		let before: LineAnswer | null = null;
		await pair.exchangeOver(async (call) => (before = await call.pass()));
		await pair.one.write(2);
		await pair.two.write(2);
		await pair.two.exchange();
		const report = await pair.exchangeOver(async (call) => {
			await call.pass();
			return before;
		});
		expect(report.error).toEqual(NOT_OURS);
		await pair.expectEqualAfterGoodExchanges();
	});

	it('meant for the other device are not believed', async () => {
		let forTwo: LineAnswer | null = null;
		pair.line.set(async (call) => (forTwo = await call.pass()));
		await pair.two.exchange();
		expect((await pair.exchangeOver(async () => forTwo)).error).toEqual(NOT_OURS);
		await pair.expectEqualAfterGoodExchanges();
	});

	it('that arrive in another order, long after others, take nothing back', async () => {
		const late: LineCall[] = [];
		for (let i = 0; i < 3; i++) {
			await pair.exchangeOver(async (call) => {
				late.push(call);
				return null;
			});
			await pair.one.write(2);
			await pair.two.write(1);
		}
		await pair.expectEqualAfterGoodExchanges();
		const heads = await pair.serverHeads();
		for (const call of late.reverse()) expect((await call.pass()).status).toBe(200);
		expect(await pair.serverHeads()).toEqual(heads);
		await pair.expectEqualAfterGoodExchanges();
	});

	it('of both devices that overtake each other come together', async () => {
		let arrived: (() => void) | null = null;
		pair.line.set(async (call) => {
			if (arrived) {
				const answer = await call.pass();
				arrived();
				return answer;
			}
			await new Promise<void>((resolve) => (arrived = resolve));
			return call.pass();
		});
		await pair.two.write(3);
		const [first, second] = await Promise.all([pair.one.exchange(), pair.two.exchange()]);
		expect([first.error, second.error]).toEqual([null, null]);
		await pair.expectOnlyTrueClaims();
		await pair.expectEqualAfterGoodExchanges();
	});
});

describe('[SY13] a line that is slow', { timeout: 120_000 }, () => {
	it('is given up at the limit; what comes later changes nothing', async () => {
		let held: LineCall | null = null;
		let letGo: (answer: LineAnswer) => void = () => undefined;
		const report = await pair.exchangeOver(async (call) => {
			held ??= call;
			return new Promise<LineAnswer>((resolve) => (letGo = resolve));
		}, 100);
		expect(report).toMatchObject({ error: UNREACHABLE, sent: 0 });
		letGo(await held!.pass());
		await pair.expectEqualAfterGoodExchanges();
	});

	it('is asked for less at a time, so that the work goes through', async () => {
		await pair.one.write(60, 2);
		const sizes: number[] = [];
		const report = await pair.exchangeOver(async (call) => {
			sizes.push(call.body.length);
			return call.body.length > 6_000 ? new Promise(() => undefined) : call.pass();
		}, 1_500);
		expect(report).toMatchObject({ error: null, sent: 66, received: 4 });
		expect(sizes[0]).toBeGreaterThan(6_000);
		await pair.expectEqualAfterGoodExchanges();
	});

	it('that gives its answer byte by byte without end is given up too', async () => {
		const report = await pair.exchangeOver(
			twisted((answer) => ({ ...answer, headers: { ...answer.headers, 'content-length': '1000000' } })),
			300
		);
		expect(report).toMatchObject({ error: UNREACHABLE, sent: 0, received: 0 });
		await pair.expectEqualAfterGoodExchanges();
	});
});
