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

const transportOf = (by: TestCounter, address = 'test') =>
	createHttpTransport({
		origin: server.origin,
		fetch: (input, init) => server.fetch(input, init, address),
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

it('four hundred wrong Betriebscodes from as many addresses get three hundred answers', async () => {
	const guess = (n: number) =>
		transportOf(counter, `10.0.${n >> 8}.${n & 255}`).foundSpace({
			code: `WRONG-${1000 + n}`,
			records: [space.record],
			deviceKeys: [counter.deviceKey]
		});
	const answers = await atOnce(400, guess);
	expect(withWord(answers, 'wrong-code')).toHaveLength(300);
	expect(withWord(answers, 'too-many-attempts')).toHaveLength(100);
	server.clock.now += HOUR_MS;
	must(await found(server.code));
}, 60_000);

it('fifty spaces that bring one Betriebscode at once: one gets in, and leaves nothing of the others', async () => {
	const others = await Promise.all(
		Array.from({ length: 50 }, async () => {
			const its = await testSpace();
			return { its, by: await testCounter(its) };
		})
	);
	const answers = await atOnce(50, (n) => {
		const { its, by } = others[n]!;
		const offer = { code: server.code, records: [its.record], deviceKeys: [by.deviceKey] };
		return transportOf(by, `10.0.0.${n}`).foundSpace(offer);
	});
	expect(withWord(answers, 'ok')).toHaveLength(1);
	expect(withWord(answers, 'code-used')).toHaveLength(49);
	const laid = await Promise.all(others.map(({ its }) => server.store().space(its.spaceId)));
	expect(laid.map((one) => one !== null)).toEqual(answers.map((answer) => answer === 'ok'));
}, 60_000);

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
