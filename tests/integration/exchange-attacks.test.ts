/** Bad input at the exchange: what it gets, and that nothing of it stays (SY10). Endpoints on a real SQLite file. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signDeviceToken } from '$lib/crypto/device-token';
import { addPerson, changeRole, revokeDevice } from '$lib/crypto/keyring';
import { encodeSegmentHeader } from '$lib/domain/segment-codec';
import type { SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Segment } from '$lib/domain/operation-log';
import { encodeOffer, MAX_MESSAGE_BYTES, parseAnswer, type ExchangeOffer } from '$lib/sync/protocol';
import { createHttpTransport, type Transport } from '$lib/sync/transport';
import { quickStretch } from '../support/quick-stretch';
import { aSegment, testCounter, type TestCounter } from '../support/test-counter';
import { startTestServer, type TestServer } from '../support/test-server';
import { must, testSpace, type TestSpace } from '../support/test-space';

const EMPTY: Omit<ExchangeOffer, 'nonce'> = {
	heads: new Map(),
	segments: [],
	deviceKeys: [],
	keyring: { tips: [], records: [] }
};
const NONCE = new Uint8Array(16).fill(3);

let server: TestServer;
let space: TestSpace;
let counter: TestCounter;

beforeEach(async () => {
	server = await startTestServer();
	space = await testSpace();
	counter = await testCounter(space);
	const { deviceKey } = counter;
	must(await transportOf(counter).foundSpace({ code: server.code, records: [space.record], deviceKeys: [deviceKey] }));
});
afterEach(() => server.stop());

const transportOf = (by: TestCounter): Transport =>
	createHttpTransport({
		origin: server.origin,
		fetch: server.fetch,
		now: () => server.clock.now,
		signToken: by.signToken
	});
const exchange = async (offer: Partial<ExchangeOffer>, by = counter) =>
	must(await transportOf(by).exchange(space.spaceId, { ...EMPTY, ...offer })).answer;

const pathOf = (spaceId: SpaceId) => `/api/v1/spaces/${spaceId}/exchange`;

interface Call {
	readonly body?: Uint8Array<ArrayBuffer>;
	readonly token?: string | null;
	readonly contentType?: string;
	readonly path?: string;
}

/** A call made by hand: with the counter's token for exactly this call, unless told otherwise. */
async function post({ body, token, contentType = 'application/cbor', path = pathOf(space.spaceId) }: Call) {
	const sent = body ?? encodeOffer({ ...EMPTY, nonce: NONCE });
	const signed = token === undefined ? await tokenFor(counter, path, sent) : token;
	const headers: Record<string, string> = { 'content-type': contentType };
	if (signed !== null) headers.authorization = `Bearer ${signed}`;
	return server.fetch(server.origin + path, { method: 'POST', headers, body: sent });
}

const tokenFor = (by: TestCounter, path: string, body: Uint8Array, nowMs = server.clock.now) =>
	signDeviceToken({ deviceId: by.deviceId, key: by.signingKey, method: 'POST', path, body, nowMs });

async function expectProblem(response: Response, status: number, type: string) {
	expect(response.status).toBe(status);
	expect(response.headers.get('content-type')).toBe('application/problem+json');
	expect(await response.json()).toMatchObject({ type, status });
}

/** All that the server holds of the space. */
const held = async () => ({
	heads: await server.store().heads(space.spaceId),
	segments: (await server.store().segmentsBeyond(space.spaceId, new Map(), 1e9)).segments,
	records: await server.store().records(space.spaceId),
	keys: await server.store().deviceKeys(space.spaceId)
});

describe('[SY10] a fault of the message takes nothing in', () => {
	it.each<[string, number, string, (good: Uint8Array<ArrayBuffer>) => Promise<Call> | Call]>([
		['nothing readable', 400, 'malformed-message', () => ({ body: new Uint8Array([0xff, 0x00]) })],
		['a truncated offer', 400, 'malformed-message', (good) => ({ body: good.slice(0, -1) })],
		['more behind its end', 400, 'malformed-message', (good) => ({ body: new Uint8Array([...good, 0]) })],
		['another media type', 415, 'unsupported-media-type', (body) => ({ body, contentType: 'application/json' })],
		['no token', 401, 'unsigned', (body) => ({ body, token: null })],
		['a token that is none', 401, 'bad-token', (body) => ({ body, token: 'a.b.c' })],
		[
			'a token for another body',
			401,
			'bad-token',
			async (body) => ({ body, token: await tokenFor(counter, pathOf(space.spaceId), new Uint8Array(1)) })
		],
		[
			'a token for another call',
			401,
			'bad-token',
			async (body) => ({ body, token: await tokenFor(counter, '/api/v1/hello', body) })
		],
		[
			'a token of a device that is not enrolled',
			401,
			'unknown-device',
			async (body) => ({ body, token: await tokenFor(await testCounter(space), pathOf(space.spaceId), body) })
		],
		[
			'an old token',
			401,
			'token-time',
			async (body) => ({
				body,
				token: await tokenFor(counter, pathOf(space.spaceId), body, server.clock.now - 600_000)
			})
		],
		['five megabytes', 413, 'too-large', () => ({ body: new Uint8Array(5 * 1024 * 1024) })],
		['one byte more than a message', 413, 'too-large', () => ({ body: new Uint8Array(MAX_MESSAGE_BYTES + 1) })],
		['another space’s address', 401, 'unknown-device', (body) => ({ body, path: pathOf('9'.repeat(32) as SpaceId) })]
	])('%s: %i', async (_case, status, type, call) => {
		const segment = await aSegment(counter);
		const good = encodeOffer({ ...EMPTY, nonce: NONCE, segments: [segment], deviceKeys: [counter.deviceKey] });
		const before = await held();
		await expectProblem(await post(await call(good)), status, type);
		expect(await held()).toEqual(before);
		// The same offer is good when nothing is wrong with the message.
		expect((await post({ body: good })).status).toBe(200);
		expect(await held()).not.toEqual(before);
	});

	it('tells its time where a token’s is wrong, and only there', async () => {
		const body = encodeOffer({ ...EMPTY, nonce: NONCE });
		const old = await tokenFor(counter, pathOf(space.spaceId), body, server.clock.now - 1e10);
		expect(await (await post({ body, token: old })).json()).toMatchObject({ time: server.clock.now });
		expect(await (await post({ body, token: null })).json()).not.toHaveProperty('time');
	});

	it('refuses a device that was revoked, with all it brings', async () => {
		const second = await testCounter(space);
		must(await transportOf(counter).enrolDevices(space.spaceId, [second.deviceKey]));
		const { deviceId } = second;
		const state = await space.fold([space.record]);
		const last = { lastSequence: 0, lastChainValue: new Uint8Array(32) };
		const revocation = must(await revokeDevice(space.as(state, space.opened), { deviceId, ...last }));
		await exchange({ keyring: { tips: [], records: [revocation] } });
		const before = await held();
		const planted = await testCounter(space);
		const answer = await transportOf(second).exchange(space.spaceId, {
			...EMPTY,
			segments: [await aSegment(second)],
			deviceKeys: [planted.deviceKey]
		});
		expect(answer).toMatchObject({ ok: false, error: { status: 403, problem: 'device-revoked' } });
		expect(await transportOf(second).enrolDevices(space.spaceId, [planted.deviceKey])).toMatchObject({ ok: false });
		expect(await held()).toEqual(before);
	});
});

describe('[SY10] a fault of one segment is that segment’s alone', () => {
	const signedWith = async (by: TestCounter, change: Partial<Segment['header']>): Promise<Segment> => {
		const segment = await aSegment(by);
		const header = { ...segment.header, ...change };
		return { ...segment, header, headerBytes: encodeSegmentHeader(header) };
	};

	it.each<[string, string, () => Promise<Segment>]>([
		[
			'of another space',
			'foreign-space',
			async () => {
				const foreign = await testSpace();
				return aSegment(await testCounter(foreign, counter.identity));
			}
		],
		['of a device nobody vouched for', 'unknown-device', async () => aSegment(await testCounter(space))],
		[
			'with another content',
			'bad-signature',
			async () => {
				const segment = await aSegment(counter);
				return { ...segment, sealed: segment.sealed.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) };
			}
		],
		['with another header', 'bad-signature', () => signedWith(counter, { firstSequence: 40 })],
		[
			'in another person’s name',
			'bad-signature',
			async () => {
				const segment = await aSegment(counter);
				return { ...segment, staffSignature: new Uint8Array(64).fill(7) };
			}
		],
		[
			'signed by another device of the space',
			'bad-signature',
			async () => {
				const [victim, forger] = [await testCounter(space), await testCounter(space)];
				must(await transportOf(counter).enrolDevices(space.spaceId, [victim.deviceKey, forger.deviceKey]));
				return signedWith(forger, { deviceId: victim.deviceId });
			}
		]
	])('%s: %s', async (_case, reason, bad) => {
		const good = await testCounter(space);
		const [forged, sound] = [await bad(), await aSegment(good)];
		const answer = await exchange({ segments: [forged, sound], deviceKeys: [good.deviceKey] });
		const { deviceId, firstSequence } = forged.header;
		expect(answer.refused).toEqual([{ deviceId, firstSequence, reason }]);
		expect(answer.heads.get(good.deviceId)?.sequence).toBe(3);
		expect((await held()).segments).toEqual([sound]);
	});

	it('of a clone’s second history: named, and the first history stays', async () => {
		const clone = await testCounter(space, counter.identity);
		await counter.write(4, 'original');
		await clone.write(6, 'clone');
		const first = await exchange({ segments: await counter.cutAll(4) });
		const answer = await exchange({ segments: await clone.cutAll(3) });
		expect(answer.refused).toEqual([{ deviceId: counter.deviceId, firstSequence: 4, reason: 'overlapping' }]);
		expect(answer.heads).toEqual(first.heads);
	});

	it('of a newer version: named by what its header says, and the rest is taken', async () => {
		const segment = await aSegment(counter);
		const later = { ...segment.header, version: 2 as unknown as 1 };
		const answer = await exchange({ segments: [{ ...segment, headerBytes: encodeSegmentHeader(later) }, segment] });
		expect(answer.refused).toEqual([{ deviceId: counter.deviceId, firstSequence: 1, reason: 'malformed' }]);
		expect(answer.heads.get(counter.deviceId)?.sequence).toBe(3);
	});

	it('and a device key that does not hash to its id is no key', async () => {
		const stranger = await testCounter(space);
		const planted = { deviceId: stranger.deviceId, publicKey: counter.publicKey };
		const answer = await exchange({ segments: [await aSegment(stranger)], deviceKeys: [planted] });
		expect(answer.refused).toMatchObject([{ reason: 'unknown-device' }]);
		expect((await held()).keys).toEqual([counter.deviceKey]);
	});
});

describe('a keyring record nobody was allowed to sign', () => {
	const send = async (records: readonly KeyringRecord[]) => {
		const before = await held();
		const answer = await exchange({ keyring: { tips: [], records } });
		expect(await held()).toEqual(before);
		expect(answer.keyring.records).toEqual([space.record]);
	};

	it('is not taken in with a touched signature or touched bytes', async () => {
		const state = await space.fold([space.record]);
		const { record } = must(
			await addPerson(space.as(state, space.opened), {
				name: 'Max Muster',
				role: 'clerk',
				password: 'unwichtig hier',
				stretch: quickStretch,
				...(await space.passingOn(state))
			})
		);
		await send([{ ...record, signature: new Uint8Array(64).fill(1) }]);
		await send([{ ...record, bytes: record.bytes.map((byte, i) => (i === 30 ? byte ^ 1 : byte)) }]);
		await send([{ bytes: new Uint8Array([1, 2, 3]), signature: new Uint8Array(64) }]);
	});

	it('is not taken in when a clerk makes himself a lead', async () => {
		const { records, person, staffId } = await space.withPerson([space.record], 'Max Muster', 'clerk');
		await exchange({ keyring: { tips: [], records } });
		const state = await space.fold(records);
		const asLead = { ...state, allows: () => true };
		const promotion = must(await changeRole(space.as(asLead, person), { staffId, role: 'admin' }));
		const before = await held();
		const answer = await exchange({ keyring: { tips: [], records: [...records, promotion] } });
		expect(await held()).toEqual(before);
		expect(answer.keyring.records).not.toContainEqual(promotion);
	});

	it('is not taken in from another space, with its planted key', async () => {
		const other = await testSpace('Planted Person');
		await send([other.record]);
	});

	it('does not stop the sound ones beside it', async () => {
		const { records } = await space.withPerson([space.record], 'Max Muster', 'clerk');
		const forged = { bytes: records[1]!.bytes.slice(0, -1), signature: records[1]!.signature };
		const answer = await exchange({ keyring: { tips: [], records: [forged, ...records] } });
		expect(answer.keyring.records).toEqual(records);
	});
});

describe('[SY1] a replay', () => {
	it('of the very same bytes within the minute changes nothing and is answered alike', async () => {
		const body = encodeOffer({ ...EMPTY, nonce: NONCE, segments: [await aSegment(counter)] });
		const token = await tokenFor(counter, pathOf(space.spaceId), body);
		const first = await post({ body, token });
		const before = await held();
		const second = await post({ body, token });
		expect([first.status, second.status]).toEqual([200, 200]);
		expect(await held()).toEqual(before);
		const [one, two] = [first, second].map(async (response) =>
			must(parseAnswer(new Uint8Array(await response.arrayBuffer())))
		);
		expect(await two).toEqual(await one);
	});

	it('[SY2] after a restart finds everything that was answered', async () => {
		const segment = await aSegment(counter);
		const { heads } = await exchange({ segments: [segment] });
		await server.restart();
		const answer = await exchange({ segments: [segment] });
		expect([answer.heads, answer.refused]).toEqual([heads, []]);
	});
});
