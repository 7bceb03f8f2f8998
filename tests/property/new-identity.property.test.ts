/** Laws of a new identity: wherever a history forked, however it was cut, and at whatever step the power failed (SY15). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { canonicalState } from '$lib/domain/projection';
import { PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';
import { aProfile, forkedDevice, type ForkedDevice } from '../support/forked-device';
import { createPowerCut, PowerCut } from '../support/memory-identity';
import { seen } from '../support/seen-requests';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { stubWebLocks } from '../support/web-locks';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });
/** Each run makes and opens real keys and signatures, so there are fewer than of other laws. */
const RUNS: fc.Parameters<unknown> = {
	numRuns: Math.ceil(Number(process.env.RUNS ?? 100) / 3),
	...(process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) })
};

let space: TestSpace;
beforeAll(async () => {
	stubWebLocks();
	space = await testSpace();
});
afterAll(() => void vi.unstubAllGlobals());

type Step = { readonly amend: number | null; readonly cut: boolean };
const steps = (maxLength: number) =>
	fc.array(fc.record<Step>({ amend: fc.option(fc.nat({ max: 5 })), cut: fc.boolean() }), { maxLength });
const arbitraryFork = fc.record({
	common: steps(5),
	cutWhenCopied: fc.boolean(),
	theirs: steps(5),
	mine: steps(5),
	/** How much of what is common is known to be: never more than is true. */
	known: fc.nat({ max: 6 }),
	failAt: fc.nat({ max: 24 }),
	failing: fc.constantFrom('before' as const, 'after' as const)
});
type Fork = typeof arbitraryFork extends fc.Arbitrary<infer T> ? T : never;

let clock = 0;
const now = () => ++clock;

async function play(device: ForkedDevice, done: readonly Step[], from: number): Promise<void> {
	for (const [i, { amend, cut }] of done.entries()) {
		if (amend === null) await device.open(from + i);
		else await device.amend(`SO-X ${from + i}`, amend);
		if (cut) await device.cut();
	}
}

/** One profile, copied and used twice: `theirs` got to the others first. */
async function fork({ common, cutWhenCopied, theirs, mine, known }: Fork) {
	const prepared = await forkedDevice(space, await aProfile(space), now);
	await prepared.join();
	await play(
		prepared,
		common.map((step) => ({ ...step, cut: false })),
		100
	);
	const profile = await prepared.profile();
	const [first, second] = [await forkedDevice(space, profile, now), await forkedDevice(space, profile, now)];
	if (cutWhenCopied) await second.cut();
	await play(first, theirs, 200);
	await play(second, mine, 300);
	await second.log.stopWriting(profile.keys.deviceId, Math.min(known, profile.rows.length));
	return { first, second, former: profile.keys.deviceId };
}

describe('a new identity', () => {
	it('[SY15] shows what was there before, and the history of the others beside it, on all devices alike', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryFork, async (given) => {
				const { first, second, former } = await fork(given);
				const before = seen(await second.operations());
				must(await second.beginAnew());
				expect(seen(await second.operations())).toBe(before);

				const theirs = await first.segments();
				expect((await second.log.addSegments(theirs)).clashing).toEqual([]);
				await first.log.addSegments(await second.segments());
				expect((await second.log.heads()).get(former)).toEqual((await first.log.heads()).get(former));
				expect(canonicalState(await first.state())).toBe(canonicalState(await second.state()));
			}),
			RUNS
		);
	});

	it('[SY15] is the former or the new one after a power cut at any step, and the next start ends it', async () => {
		let cuts = 0;
		await fc.assert(
			fc.asyncProperty(arbitraryFork, async (given) => {
				const { first, second, former } = await fork(given);
				const before = seen(await second.operations());
				const cut = createPowerCut(given.failAt, given.failing);
				const ended = await second.beginAnew(cut).catch((error: unknown) => error);
				if (ended instanceof PowerCut) cuts++;
				else expect(ended).toMatchObject({ ok: true });
				expect(seen(await second.operations())).toBe(before);

				const identity = must(await second.beginAnew());
				expect(seen(await second.operations())).toBe(before);
				expect(await second.identity()).toEqual(identity);
				expect(identity.next).toBeUndefined();
				expect(identity.former?.map(({ deviceId }) => deviceId)).toEqual([former]);
				expect(second.deviceKeys.has(identity.deviceId)).toBe(true);
				// A marker that was not written any more is behind, which a marker may be.
				expect(second.markers.filter((deviceId) => deviceId !== identity.deviceId)).toEqual([]);
				// Nothing was begun twice: beside the former there is this one, and no other.
				const others = [...(await second.log.heads()).keys()].filter((id) => id !== former);
				expect(others).toEqual([identity.deviceId]);
				await second.open(400);
				expect((await second.log.addSegments(await first.segments())).clashing).toEqual([]);
			}),
			RUNS
		);
		expect(cuts).toBeGreaterThan(0);
	});
});
