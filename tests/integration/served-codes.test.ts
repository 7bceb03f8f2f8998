/** One-time codes are good once: many callers at once, from many addresses, on two server processes with one database. */
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpTransport } from '$lib/sync/transport';
import { ServerProcess } from '../e2e/server-process';
import { testCounter, type TestCounter } from '../support/test-counter';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { startBuiltServer } from './built-server';

const CALLERS = 50;
const HOUR_MS = 3_600_000;
let one: ServerProcess;
let two: ServerProcess;

beforeAll(async () => {
	one = await startBuiltServer();
	two = await ServerProcess.create();
	await two.start({ DATA_DIR: one.dataDir });
}, 300_000);
afterAll(async () => {
	await two.dispose();
	await one.dispose();
});

/** Each caller has an address of its own on this machine, and every second one the other process. */
const transportOf = (counter: TestCounter, n: number) =>
	createHttpTransport({
		origin: (n % 2 === 0 ? one : two).origin,
		fetch: fetchFrom(`127.0.1.${n + 1}`),
		now: () => Date.now(),
		signToken: counter.signToken
	});

function fetchFrom(localAddress: string) {
	return (input: string, init: RequestInit): Promise<Response> =>
		new Promise((resolve, reject) => {
			const { port, pathname } = new URL(input);
			const headers = Object.fromEntries(new Headers(init.headers));
			const request = http.request({ host: '127.0.0.1', port, path: pathname, method: 'POST', headers, localAddress });
			request.on('error', reject);
			request.on('response', (response) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('end', () =>
					resolve(
						new Response(Buffer.concat(parts), {
							status: response.statusCode ?? 0,
							headers: { 'content-type': response.headers['content-type'] ?? '' }
						})
					)
				);
			});
			request.end(init.body as Uint8Array);
		});
}

const wordsOf = async (calls: readonly Promise<{ ok: true } | { ok: false; error: object }>[]) =>
	(await Promise.all(calls)).map((answer) =>
		answer.ok ? 'ok' : ((answer.error as { problem?: string }).problem ?? JSON.stringify(answer.error))
	);
const count = (words: readonly string[]) =>
	Object.fromEntries([...new Set(words)].sort().map((word) => [word, words.filter((one) => one === word).length]));

describe('a code that many bring at the same time', { timeout: 120_000 }, () => {
	let home: TestSpace;
	let host: TestCounter;

	it('lets one of fifty spaces in', async () => {
		const spaces = await Promise.all(
			Array.from({ length: CALLERS }, async () => {
				const space = await testSpace();
				return { space, counter: await testCounter(space) };
			})
		);
		const found = ({ space, counter }: (typeof spaces)[0], n: number) =>
			transportOf(counter, n).foundSpace({
				code: one.enrolmentCode,
				records: [space.record],
				deviceKeys: [counter.deviceKey]
			});
		const words = await wordsOf(spaces.map(found));
		expect(count(words)).toEqual({ 'code-used': CALLERS - 1, ok: 1 });
		const winner = spaces[words.indexOf('ok')]!;
		[home, host] = [winner.space, winner.counter];
		// Both processes know the one, and none of the others.
		expect((await transportOf(host, CALLERS).hello()).ok).toBe(true);
		const empty = { heads: new Map(), segments: [], deviceKeys: [], keyring: { tips: [], records: [] } };
		for (const n of [CALLERS, CALLERS + 1]) must(await transportOf(host, n).exchange(home.spaceId, empty));
	});

	it.each([1, 20])('lets %i of fifty devices in', async (uses) => {
		const packageId = uses.toString(16).padStart(32, 'a');
		const offer = { packageId, sealed: new Uint8Array(40), uses, validForMs: HOUR_MS };
		must(await transportOf(host, 0).createJoinPackage(home.spaceId, offer));
		const guests = await Promise.all(Array.from({ length: CALLERS }, () => testCounter(home)));
		const take = (guest: TestCounter, n: number) => transportOf(guest, n).takeJoinPackage(packageId, guest.deviceKey);
		const words = await wordsOf(guests.map(take));
		expect(count(words)).toEqual({ 'code-used': CALLERS - uses, ok: uses });
		// Who got in may take it again, also from the other process; who did not, may not.
		const winner = words.indexOf('ok');
		expect((await take(guests[winner]!, winner + 1)).ok).toBe(true);
		const loser = words.indexOf('code-used');
		expect(await take(guests[loser]!, loser + 1)).toMatchObject({ ok: false, error: { problem: 'code-used' } });
	});
});
