/** An answer cut after every byte: nothing lost, nothing shown as sent that is not, and the next exchange makes good. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangePair, type ExchangePair } from '../support/exchange-pair';
import { bytesOf, type Line } from '../support/faulty-line';
import { seededRandom } from '../support/seeded-random';

/** Places at which the big answer is cut; `npm run test:long` takes 200, and makes good after each cut of the small one. */
const CUTS = Number(process.env.CUTS ?? 6);
const MAKE_GOOD_EVERY = process.env.CUTS ? 1 : 8;
const SEED = Number(process.env.SEED ?? 1);
/** Histories stay short, so that each exchange stays small. */
const CUTS_PER_SPACE = 64;

let pair: ExchangePair;
beforeEach(async () => {
	pair = await exchangePair();
});
afterEach(() => pair.close());

const cutAfter =
	(at: number, told: (length: number) => void): Line =>
	async (call) => {
		const answer = await call.pass();
		told(bytesOf(answer).length);
		return { ...answer, cutAfter: at };
	};

/** All that a device knows: what it has, and what it takes for sent. */
const stateOf = async ({ desk }: ExchangePair['one']) => ({
	size: await desk.log.size(),
	heads: await desk.log.heads(),
	servers: await desk.servers.list(),
	keys: await desk.keyIds(),
	records: await desk.held()
});

/** Both have written what the other lacks; the second has sent it. */
async function bothWrite(count: number, size?: number, mark?: string): Promise<void> {
	await pair.two.write(count, size, mark);
	await pair.two.exchange();
	await pair.one.write(count, size, mark);
}

describe('an answer that is cut', { timeout: 1_800_000 }, () => {
	it('after each byte of a small exchange does no harm', async () => {
		await bothWrite(1);
		let length = Infinity;
		for (let at = 0; ; at++) {
			const before = await stateOf(pair.one);
			const report = await pair.exchangeOver(cutAfter(at, (told) => (length = told)));
			if (at >= length) break;
			expect([at, report.error?.type, report.sent, report.received]).toEqual([at, 'unreachable', 0, 0]);
			expect(await stateOf(pair.one)).toEqual(before);
			// It was taken in all the same: only the answer is lost, so it still counts as unsent.
			expect((await pair.serverHeads()).get(pair.one.counter.deviceId)?.sequence).toBe(pair.one.counter.written());
			expect(await pair.one.desk.servers.unsentCount(before.heads)).toBeGreaterThan(0);
			if (at % MAKE_GOOD_EVERY > 0) continue;
			await pair.expectEqualAfterGoodExchanges();
			if (at > 0 && at % CUTS_PER_SPACE === 0) {
				await pair.close();
				pair = await exchangePair();
			}
			await bothWrite(1);
		}
		expect(length).toBeGreaterThan(500);
		await pair.expectEqualAfterGoodExchanges();
	});

	it('somewhere in a big exchange keeps what came in whole messages before it', async () => {
		const random = seededRandom(SEED);
		for (let cut = 0; cut < CUTS; cut++) {
			// More than one message holds, each way: a cut in the second must not undo the first.
			await bothWrite(200, 1, Buffer.from(random(20_000)).toString('base64'));
			const [a = 0, b = 0, c = 0] = random(3);
			const share = (a * 65_536 + b * 256 + c) / 16_777_216;
			const cutCall = 1 + (cut % 2);
			let calls = 0;
			const report = await pair.exchangeOver(async (call) => {
				const answer = await call.pass();
				return ++calls < cutCall ? answer : { ...answer, cutAfter: Math.floor(share * bytesOf(answer).length) };
			});
			expect([calls, report.error?.type]).toEqual([cutCall, 'unreachable']);
			expect(report.received > 0).toBe(cutCall > 1);
			await pair.expectEqualAfterGoodExchanges();
			await pair.close();
			pair = await exchangePair();
		}
	});
});
