/** Guessing codes many at a time: the limit counts guesses under way too, and a code for one device is taken once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Result } from '$lib/domain/result';
import { createHttpTransport } from '$lib/sync/transport';
import { testCounter, type TestCounter } from '../support/test-counter';
import { startTestServer, type TestServer } from '../support/test-server';
import { must, testSpace, type TestSpace } from '../support/test-space';

const HOUR_MS = 3_600_000;
const PACKAGE_ID = 'ab'.repeat(16);
let server: TestServer;
let space: TestSpace;
let counter: TestCounter;

beforeEach(async () => {
	server = await startTestServer();
	space = await testSpace();
	counter = await testCounter(space);
});
afterEach(() => server.stop());

const transportOf = (by: TestCounter) =>
	createHttpTransport({
		origin: server.origin,
		fetch: server.fetch,
		now: () => server.clock.now,
		signToken: by.signToken
	});
const found = (code: string) =>
	transportOf(counter).foundSpace({ code, records: [space.record], deviceKeys: [counter.deviceKey] });

/** The words of so many answers to calls made at once. */
async function atOnce(calls: number, call: (n: number) => Promise<Result<unknown, unknown>>): Promise<string[]> {
	const answers = await Promise.all(Array.from({ length: calls }, (_, n) => call(n)));
	return answers.map((answer) => (answer.ok ? 'ok' : JSON.stringify(answer.error)));
}
const withWord = (answers: readonly string[], word: string) => answers.filter((answer) => answer.includes(word));

it('a hundred wrong Betriebscodes at once get ten answers, and the right one is taken afterwards', async () => {
	const answers = await atOnce(100, (n) => found(`WRONG-${1000 + n}`));
	expect(withWord(answers, 'wrong-code')).toHaveLength(10);
	server.clock.now += HOUR_MS;
	must(await found(server.code));
});

it('the right Betriebscode, told again and again by its own device, is no guess', async () => {
	for (let i = 0; i < 20; i++) must(await found(server.code));
});

it('twenty devices that take a package for one at once: one gets it', async () => {
	must(await found(server.code));
	const offer = { packageId: PACKAGE_ID, sealed: new Uint8Array(40), uses: 1, validForMs: HOUR_MS };
	must(await transportOf(counter).createJoinPackage(space.spaceId, offer));
	const others = await Promise.all(Array.from({ length: 20 }, () => testCounter(space)));
	const answers = await atOnce(20, (n) => {
		const other = others[n] ?? counter;
		return transportOf(other).takeJoinPackage(PACKAGE_ID, other.deviceKey);
	});
	expect(withWord(answers, 'ok')).toHaveLength(1);
	expect(withWord(answers, 'code-used')).toHaveLength(19);
});

it('a hundred packages guessed at once get thirty answers', async () => {
	must(await found(server.code));
	const answers = await atOnce(100, (n) =>
		transportOf(counter).takeJoinPackage(n.toString(16).padStart(32, '0'), counter.deviceKey)
	);
	expect(withWord(answers, 'wrong-code')).toHaveLength(30);
});
