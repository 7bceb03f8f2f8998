/** Bodies that are still arriving are bounded over all callers; who has to go is told when to come back. */
import { expect, it } from 'vitest';
import { readBody } from '$lib/server/endpoint';
import { createOverload } from '$lib/server/overload';

/** A body that arrives as the test says. */
function arriving() {
	let controller!: ReadableStreamDefaultController<Uint8Array>;
	const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
	const init = { method: 'POST', headers: { 'content-type': 'application/cbor' }, body, duplex: 'half' };
	return {
		call: { request: new Request('http://server.test/', init as RequestInit), path: '/', address: 'test' },
		part: (length: number) => controller.enqueue(new Uint8Array(length)),
		end: () => controller.close()
	};
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it('refuses the body that is too much, lets the others arrive, and has room again afterwards', async () => {
	const overload = createOverload(100);
	const [first, second] = [arriving(), arriving()];
	const reading = [first, second].map(({ call }) => readBody({ overload }, call, 90));
	first.part(60);
	await turn();
	second.part(60);
	await turn();
	first.part(30);
	first.end();
	second.end();
	expect(await reading[0]).toMatchObject({ ok: true, value: { length: 90 } });
	const refused = await reading[1]!;
	if (refused.ok) throw new Error('expected a refusal');
	expect(refused.error.status).toBe(429);
	expect(await refused.error.json()).toMatchObject({ type: 'overloaded', status: 429 });

	const third = arriving();
	const readingThird = readBody({ overload }, third.call, 90);
	third.part(90);
	third.end();
	expect(await readingThird).toMatchObject({ ok: true });
});

it('takes one that is over its own limit for too large, not for overload', async () => {
	const overload = createOverload(100);
	const big = arriving();
	const reading = readBody({ overload }, big.call, 50);
	big.part(40);
	big.part(40);
	big.end();
	expect(await reading).toMatchObject({ ok: false, error: { status: 413 } });
	expect(overload.hold(100)).toBe(true);
});

it('sends those it refuses back to different seconds, none of them at once', () => {
	const overload = createOverload();
	const waits = Array.from({ length: 20 }, () => Number(overload.refusal().headers.get('retry-after')));
	expect(Math.min(...waits)).toBeGreaterThanOrEqual(3);
	for (let i = 0; i < 10; i++) expect(waits.filter((wait) => wait === waits[i])).toHaveLength(2);
});
