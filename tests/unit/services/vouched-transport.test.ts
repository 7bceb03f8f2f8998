/** [SY15] A new identity at a server that knows only the former one, on a real SQLite file. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { revokeDevice } from '$lib/crypto/keyring';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { vouchedFor } from '$lib/services/vouched-transport';
import { createHttpTransport } from '$lib/sync/transport';
import { testCounter, type TestCounter } from '../../support/test-counter';
import { startTestServer, type TestServer } from '../../support/test-server';
import { must, testSpace, type TestSpace } from '../../support/test-space';

let server: TestServer;
let space: TestSpace;
let former: TestCounter;
let next: TestCounter;

beforeEach(async () => {
	server = await startTestServer();
	space = await testSpace();
	[former, next] = [await testCounter(space), await testCounter(space)];
	const { deviceKey } = former;
	must(await transportOf(former).foundSpace({ code: server.code, records: [space.record], deviceKeys: [deviceKey] }));
});
afterEach(() => server.stop());

const transportOf = ({ signToken }: TestCounter) =>
	createHttpTransport({ origin: server.origin, fetch: server.fetch, now: () => server.clock.now, signToken });
const offer = (records: readonly KeyringRecord[] = []) => ({
	heads: new Map(),
	segments: [],
	deviceKeys: [],
	keyring: { tips: [], records }
});
const exchange = (formers: readonly TestCounter[]) =>
	vouchedFor(transportOf(next), formers.map(transportOf), [next.deviceKey]).exchange(space.spaceId, offer());

it('is let in by the word of the former one, and needs it once', async () => {
	expect(await exchange([])).toMatchObject({ ok: false, error: { problem: 'unknown-device' } });
	expect((await exchange([former])).ok).toBe(true);
	expect((await exchange([])).ok).toBe(true);
});

it('asks the formers one after the other, as one of them may be unknown there too', async () => {
	expect((await exchange([former, await testCounter(space)])).ok).toBe(true);
});

it('is not let in by one that is revoked', async () => {
	const last = { deviceId: former.deviceId, lastSequence: 0, lastChainValue: new Uint8Array(32) };
	const records = await space.after([space.record], space.opened, async (context) => revokeDevice(context, last));
	must(await transportOf(former).exchange(space.spaceId, offer(records)));
	expect(await exchange([former])).toMatchObject({ ok: false, error: { problem: 'unknown-device' } });
});
