/** What a stranger can learn by asking: nothing. Every call without a proven device key is answered alike, byte for byte. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signDeviceToken } from '$lib/crypto/device-token';
import { revokeDevice } from '$lib/crypto/keyring';
import type { SpaceId } from '$lib/domain/ids';
import { encodeDevicesOffer, encodeJoinPackageOffer } from '$lib/sync/calls';
import { encodeOffer } from '$lib/sync/protocol';
import { createHttpTransport } from '$lib/sync/transport';
import { testCounter, type TestCounter } from '../support/test-counter';
import { startTestServer, type TestServer } from '../support/test-server';
import { must, testSpace, type TestSpace } from '../support/test-space';

const NOBODYS_SPACE = '9'.repeat(32) as SpaceId;
const BODIES = {
	exchange: encodeOffer({
		nonce: new Uint8Array(16),
		heads: new Map(),
		segments: [],
		deviceKeys: [],
		keyring: { tips: [], records: [] }
	}),
	devices: encodeDevicesOffer([]),
	'join-packages': encodeJoinPackageOffer({
		packageId: 'ab'.repeat(16),
		sealed: new Uint8Array(40),
		uses: 1,
		validForMs: 60_000
	})
};

let server: TestServer;
let space: TestSpace;
let member: TestCounter;
let revoked: TestCounter;
let stranger: TestCounter;

beforeEach(async () => {
	server = await startTestServer();
	space = await testSpace();
	[member, revoked, stranger] = [await testCounter(space), await testCounter(space), await testCounter(space)];
	const transport = createHttpTransport({
		origin: server.origin,
		fetch: server.fetch,
		now: () => server.clock.now,
		signToken: member.signToken
	});
	const deviceKeys = [member.deviceKey, revoked.deviceKey];
	const revocation = must(
		await revokeDevice(space.as(await space.fold([space.record]), space.opened), {
			deviceId: revoked.deviceId,
			lastSequence: 0,
			lastChainValue: new Uint8Array(32)
		})
	);
	must(await transport.foundSpace({ code: server.code, records: [space.record, revocation], deviceKeys }));
});
afterEach(() => server.stop());

type Route = keyof typeof BODIES;

/** Signed by `signer` in the name of `named`. */
async function ask(route: Route, spaceId: SpaceId, named: TestCounter, signer: TestCounter, alg?: string) {
	const path = `/api/v1/spaces/${spaceId}/${route}`;
	const body = BODIES[route];
	const { deviceId } = named;
	const signed = { deviceId, key: signer.signingKey, method: 'POST', path, body, nowMs: server.clock.now };
	let token = await signDeviceToken(signed);
	if (alg) {
		const [, payload, signature] = token.split('.');
		token = [Buffer.from(JSON.stringify({ alg, kid: deviceId })).toString('base64url'), payload, signature].join('.');
	}
	return answerOf(route, spaceId, { authorization: `Bearer ${token}` });
}

async function answerOf(route: Route, spaceId: SpaceId, headers: Record<string, string>) {
	const answer = await server.fetch(`${server.origin}/api/v1/spaces/${spaceId}/${route}`, {
		method: 'POST',
		headers: { 'content-type': 'application/cbor', ...headers },
		body: BODIES[route]
	});
	return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}

it.each(['exchange', 'devices', 'join-packages'] as const)('[%s] tells no stranger who is here', async (route) => {
	expect((await ask(route, space.spaceId, member, member)).status).toBeLessThan(300);
	const unknown = await ask(route, NOBODYS_SPACE, stranger, stranger);
	expect([unknown.status, JSON.parse(unknown.body)]).toMatchObject([401, { type: 'unknown-device' }]);
	for (const answer of [
		await ask(route, space.spaceId, stranger, stranger),
		await ask(route, space.spaceId, member, stranger),
		await ask(route, space.spaceId, revoked, stranger),
		await ask(route, NOBODYS_SPACE, member, member),
		await ask(route, space.spaceId, member, stranger, 'HS256'),
		await ask(route, space.spaceId, stranger, stranger, 'HS256'),
		await ask(route, space.spaceId, member, member, 'none')
	])
		expect(answer).toEqual(unknown);
});

it.each(['exchange', 'devices', 'join-packages'] as const)('[%s] asks everybody for a token first', async (route) => {
	for (const headers of [{}, { authorization: 'Bearer a.b.c' }] as Record<string, string>[])
		expect(await answerOf(route, space.spaceId, headers)).toEqual(await answerOf(route, NOBODYS_SPACE, headers));
});

it.each(['exchange', 'devices', 'join-packages'] as const)(
	'[%s] tells a device that was revoked so, since it proves its key',
	async (route) => {
		const answer = await ask(route, space.spaceId, revoked, revoked);
		expect([answer.status, JSON.parse(answer.body)]).toMatchObject([403, { type: 'device-revoked' }]);
	}
);
