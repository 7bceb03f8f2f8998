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

it('refuses the biggest when it is too much, lets the others arrive, and has room again afterwards', async () => {
	const overload = createOverload(100);
	const [big, small] = [arriving(), arriving()];
	const reading = [big, small].map(({ call }) => readBody({ overload }, call, 90));
	big.part(80);
	await turn();
	small.part(10);
	await turn();
	small.part(20);
	await turn();
	big.part(5);
	big.end();
	small.part(5);
	small.end();
	expect(await reading[1]).toMatchObject({ ok: true, value: { length: 35 } });
	const refused = await reading[0]!;
	if (refused.ok) throw new Error('expected a refusal');
	expect(refused.error.status).toBe(429);
	expect(await refused.error.json()).toMatchObject({ type: 'overloaded', status: 429 });

	const third = arriving();
	const readingThird = readBody({ overload }, third.call, 90);
	third.part(90);
	third.end();
	expect(await readingThird).toMatchObject({ ok: true, value: { length: 90 } });
});

it('takes one that is over its own limit for too large, and keeps nothing of it', async () => {
	const overload = createOverload(100);
	const [tooBig, other] = [arriving(), arriving()];
	const reading = [tooBig, other].map(({ call }) => readBody({ overload }, call, 90));
	tooBig.part(60);
	await turn();
	tooBig.part(60);
	await turn();
	other.part(90);
	await turn();
	tooBig.end();
	other.end();
	expect(await reading[0]).toMatchObject({ ok: false, error: { status: 413 } });
	expect(await reading[1]).toMatchObject({ ok: true });
});

it('sends those it refuses back to different seconds, none of them at once', () => {
	const overload = createOverload();
	const waits = Array.from({ length: 20 }, () => Number(overload.refusal().headers.get('retry-after')));
	expect(Math.min(...waits)).toBeGreaterThanOrEqual(3);
	for (let i = 0; i < 10; i++) expect(waits.filter((wait) => wait === waits[i])).toHaveLength(2);
});
