/** One exchange as a device sees it: nothing is believed that does not prove itself, and nothing sound is held up by what does not. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPerson, changeRole, removePerson } from '$lib/crypto/keyring';
import { deviceIdOf } from '$lib/crypto/signature';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import type { CounterDatabase } from '$lib/storage/database';
import type { ExchangeAnswer } from '$lib/sync/protocol';
import type { TransportError } from '$lib/sync/transport';
import { openTestDatabase, removeDatabase } from '../../support/dexie-log';
import { EXCHANGE_ORIGIN, exchangeDesk } from '../../support/exchange-desk';
import { createFakeServer, type FakeServerOptions } from '../../support/fake-exchange-server';
import { forgeRecord } from '../../support/forge-record';
import { quickStretch } from '../../support/quick-stretch';
import { aSegment, testCounter, type TestCounter } from '../../support/test-counter';
import { must, testSpace, type TestSpace } from '../../support/test-space';

let database: CounterDatabase;
let space: TestSpace;
let own: TestCounter;
let other: TestCounter;
let desk: Awaited<ReturnType<typeof exchangeDesk>>;

beforeEach(async () => {
	database = await openTestDatabase();
	space = await testSpace();
	[own, other] = [await testCounter(space), await testCounter(space)];
	desk = await exchangeDesk(database, space, own.deviceKey);
});
afterEach(() => removeDatabase(database));

/** A server whose keyring is what the test says, so that nothing but its lies differs from a real one. */
function serverWith(answer: Partial<ExchangeAnswer>, options: FakeServerOptions = {}) {
	return createFakeServer({
		...options,
		twist: (given) => ({
			...given,
			keyring: { tips: [], records: [] },
			...answer,
			segments: [...given.segments, ...(answer.segments ?? [])],
			deviceKeys: [...given.deviceKeys, ...(answer.deviceKeys ?? [])]
		})
	});
}
const giving = (records: readonly KeyringRecord[]) => serverWith({ keyring: { tips: [], records } });

describe('what a server gives', () => {
	it('is kept when key and signature prove themselves', async () => {
		const segment = await aSegment(other, 3);
		const report = await desk.exchange(serverWith({ deviceKeys: [other.deviceKey], segments: [segment] }).transport);
		expect(report).toMatchObject({ error: null, keyringChanged: false, clockOffsetMs: -5 });
		expect(report.received).toBeGreaterThan(0);
		expect(await desk.keyIds()).toEqual([own.deviceId, other.deviceId].sort());
		expect((await desk.sequences()).get(other.deviceId)).toBe(3);
	});

	it('with a device key that is not the one of its id is not kept, nor what it signs', async () => {
		const mallory = await testCounter(space, { ...(await testCounter(space)).identity, deviceId: other.deviceId });
		const forged = await aSegment(mallory, 2);
		const planted = { deviceId: other.deviceId, publicKey: mallory.publicKey };
		await desk.exchange(serverWith({ deviceKeys: [planted], segments: [forged] }).transport);
		expect(await desk.keyIds()).toEqual([own.deviceId]);
		expect((await desk.sequences()).size).toBe(0);

		const sound = await aSegment(other, 2);
		await desk.exchange(
			serverWith({ deviceKeys: [planted, other.deviceKey, planted], segments: [forged, sound] }).transport
		);
		expect((await desk.deviceKeys.get(other.deviceId))?.publicKey).toEqual(other.publicKey);
		expect((await desk.sequences()).get(other.deviceId)).toBe(2);
		expect((await desk.log.segmentsBeyond(new Map(), Infinity)).segments[0]?.signature).toEqual(sound.signature);
	});

	it('with a key that is no point of the curve is passed over', async () => {
		const publicKey = new Uint8Array(65).fill(4);
		const deviceId = await deviceIdOf(publicKey);
		const signed = await aSegment(await testCounter(space, { ...other.identity, deviceId }));
		await desk.exchange(serverWith({ deviceKeys: [{ deviceId, publicKey }], segments: [signed] }).transport);
		expect(await desk.keyIds()).toEqual([own.deviceId]);
	});

	it('with device keys that nothing is signed with is not kept: it could make up any number of them', async () => {
		const madeUp = await Promise.all(Array.from({ length: 20 }, () => testCounter(space)));
		const unsigned = await aSegment(madeUp[0]!);
		const foreign = await aSegment(await testCounter(await testSpace('Fremde Stadt'), madeUp[1]!.identity));
		const segments = [{ ...unsigned, signature: new Uint8Array(64) }, foreign];
		await desk.exchange(serverWith({ deviceKeys: madeUp.map(({ deviceKey }) => deviceKey), segments }).transport);
		expect(await desk.keyIds()).toEqual([own.deviceId]);
	});

	it(
		'with more strangers than there is room for keeps no device out whose work opens here',
		{ timeout: 60_000 },
		async () => {
			const strangers = await Promise.all(Array.from({ length: 220 }, () => testCounter(space)));
			const segments = await Promise.all(strangers.map((one) => aSegment(one)));
			const deviceKeys = strangers.map(({ deviceKey }) => deviceKey);
			const members = new Set([own.deviceId]);
			await desk.exchange(serverWith({ deviceKeys, segments }).transport, 5_000, undefined, { members });
			expect(await desk.keyIds()).toHaveLength(201);

			const known = serverWith({ deviceKeys: [other.deviceKey], segments: [await aSegment(other)] }).transport;
			await desk.exchange(known, 5_500, undefined, { members });
			expect(await desk.deviceKeys.get(other.deviceId)).toBeNull();
			await desk.exchange(known, 6_000, undefined, { opensHere: true, members });
			expect(await desk.deviceKeys.get(other.deviceId)).not.toBeNull();
		}
	);

	it('with a flipped byte in signature, seal or staff signature is not stored, and the rest is', async () => {
		const [first, second, third, fourth] = await (async () => {
			await other.write(8);
			return other.cutAll(2);
		})();
		const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte));
		const report = await desk.exchange(
			serverWith({
				deviceKeys: [other.deviceKey],
				segments: [
					{ ...first!, signature: flip(first!.signature) },
					{ ...second!, sealed: flip(second!.sealed) },
					{ ...third!, staffSignature: flip(third!.staffSignature) },
					fourth!
				]
			}).transport
		);
		expect(report.error).toBeNull();
		expect((await desk.log.heads()).get(other.deviceId)).toMatchObject({ sequence: 0, beyond: [[7, 8]] });
	});

	it('[SY1] is left where it is while it shares numbers with what is held and does not open, and taken when it does', async () => {
		await other.write(3);
		const [held, across] = [...(await other.cut(1, 2)), ...(await other.cut(2, 3))];
		if (!held || !across) throw new Error('nothing was cut');
		const gives = (segment: Segment) => serverWith({ deviceKeys: [other.deviceKey], segments: [segment] }).transport;
		await desk.exchange(gives(held));
		const report = await desk.exchange(gives(across));
		expect(report).toMatchObject({ error: null, received: 0 });
		expect((await desk.sequences()).get(other.deviceId)).toBe(2);
		expect(await desk.log.setAsideSegments()).toEqual([]);

		await desk.exchange(gives(across), 6_000, async () => held.header.chainAfter);
		expect((await desk.sequences()).get(other.deviceId)).toBe(3);
	});

	it('of another space is refused, however well it is signed', async () => {
		const foreign = await testCounter(await testSpace('Fremde Stadt'));
		const segment = await aSegment(foreign, 1);
		await desk.exchange(serverWith({ deviceKeys: [foreign.deviceKey], segments: [segment] }).transport);
		expect((await desk.sequences()).has(foreign.deviceId)).toBe(false);
	});
});

describe('keyring records', () => {
	it('that somebody was allowed to sign are kept, and told', async () => {
		const { records } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
		const report = await desk.exchange(giving(records).transport);
		expect(report).toMatchObject({ error: null, keyringChanged: true });
		expect((await desk.keyring()).people.size).toBe(2);
		expect(await desk.exchange(giving(records).transport)).toMatchObject({ keyringChanged: false });
	});

	it('that nobody was allowed to sign are not kept', async () => {
		const { records, person, staffId } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
		const state = await space.fold(records);
		const stranger = await testSpace('Eva Fremd');
		const forged = [
			await forgeRecord(state, person, { type: 'role-changed', staffId, role: 'admin' }),
			await forgeRecord(state, person, { type: 'person-removed', staffId: space.opened.staffId }),
			await forgeRecord(
				state,
				{ signer: space.opened.staffId, signingKey: stranger.opened.signingKey },
				{ type: 'person-removed', staffId }
			),
			{ bytes: new Uint8Array([1, 2, 3]), signature: new Uint8Array(64) },
			stranger.record
		];
		await desk.exchange(giving([...records, ...forged]).transport);
		expect(await desk.held()).toHaveLength(2);
		expect((await desk.keyring()).people.get(staffId)).toMatchObject({ role: 'clerk', removed: false });
	});

	it('that build on one still missing are taken when they come again with it', async () => {
		const { records, staffId } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
		const later = await space.after(records, space.opened, (context) => changeRole(context, { staffId, role: 'lead' }));
		const [, added, promoted] = later;
		expect(await desk.exchange(giving([promoted!]).transport)).toMatchObject({ keyringChanged: false });
		expect(await desk.held()).toHaveLength(1);
		await desk.exchange(giving([promoted!, added!]).transport);
		expect((await desk.keyring()).people.get(staffId)?.role).toBe('lead');
	});

	it('judge the segments that come with them only by their device, so that none is lost', async () => {
		const { records, person, staffId } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
		const gone = await space.after(records, space.opened, (context) => removePerson(context, { staffId }));
		const theirs = await testCounter({ spaceId: space.spaceId, opened: person });
		const segment = await aSegment(theirs, 2);
		await desk.exchange(
			serverWith({ keyring: { tips: [], records: gone }, deviceKeys: [theirs.deviceKey], segments: [segment] })
				.transport
		);
		expect((await desk.sequences()).get(theirs.deviceId)).toBe(2);
	});
});

describe('what a device has', () => {
	const fill = async (segments: number) => {
		await own.write(2 * segments);
		await desk.log.addSegments(await own.cutAll(2));
	};

	it('is sent, and what the server said it holds is remembered', async () => {
		await fill(3);
		const server = serverWith({});
		const report = await desk.exchange(server.transport, 7_000);
		expect(report).toMatchObject({ sent: 6, refused: 0, error: null });
		const [remembered] = await desk.servers.list();
		expect(remembered?.heads.get(own.deviceId)?.sequence).toBe(6);
		expect(remembered?.lastSuccessAt).toBe(7_000);
		expect(await desk.servers.unsentCount(await desk.log.heads())).toBe(0);
	});

	it('is sent again in full to a server that was put back from an old copy: what was remembered is only a hint', async () => {
		await fill(3);
		const server = serverWith({});
		await desk.exchange(server.transport);
		server.forget();
		const report = await desk.exchange(server.transport);
		expect(report).toMatchObject({ sent: 6, error: null });
		expect((await server.log().heads()).get(own.deviceId)?.sequence).toBe(6);
	});

	it('is sent but for what is refused, which blocks nothing', async () => {
		await fill(3);
		await desk.deviceKeys.add([other.deviceKey]);
		await desk.log.addSegments([await aSegment(other, 2)]);
		const server = serverWith(
			{},
			{
				refuses: ({ deviceId, firstSequence }) =>
					deviceId === own.deviceId && firstSequence === 3 ? 'bad-signature' : null
			}
		);
		const report = await desk.exchange(server.transport);
		expect(report).toMatchObject({ sent: 6, refused: 1, error: null });
		const heads = await server.log().heads();
		expect(heads.get(own.deviceId)).toMatchObject({ sequence: 2, beyond: [[5, 6]] });
		expect(heads.get(other.deviceId)?.sequence).toBe(2);
		expect((await desk.log.size()).operations).toBe(8);
	});

	it('[SY3] stays, with all that was reached, when the server goes away in between', async () => {
		await fill(2);
		let isGone = false;
		const server = serverWith({}, { fault: () => (isGone ? { type: 'unreachable', cause: 'network' } : null) });
		await desk.exchange(server.transport, 1_000);
		await fill(2);
		isGone = true;
		const report = await desk.exchange(server.transport, 2_000);
		expect(report).toMatchObject({ sent: 0, error: { type: 'unreachable' }, clockOffsetMs: null });
		const [remembered] = await desk.servers.list();
		expect(remembered).toMatchObject({ lastSuccessAt: 1_000 });
		expect(remembered?.heads.get(own.deviceId)?.sequence).toBe(4);
		expect(await desk.servers.unsentCount(await desk.log.heads())).toBe(4);
	});

	it.each<TransportError>([
		{ type: 'refused', status: 404, problem: 'unknown-space' },
		{ type: 'needs-sign-in', problem: 'unknown-device', clockOffsetMs: null }
	])('counts as on no server when the server does not know the device any more: %j', async (error) => {
		await fill(2);
		let isEmpty = false;
		const server = serverWith({}, { fault: () => (isEmpty ? error : null) });
		await desk.exchange(server.transport, 1_000);
		expect(await desk.servers.unsentCount(await desk.log.heads())).toBe(0);
		isEmpty = true;
		const report = await desk.exchange(server.transport, 2_000);
		expect(report.error).toEqual({ type: 'unknown-device' });
		expect(await desk.servers.unsentCount(await desk.log.heads())).toBe(4);
		expect((await desk.servers.list())[0]?.lastSuccessAt).toBe(1_000);
	});

	/** A server that took in what a copy of this profile wrote, and refuses what clashes with it as a real one does. */
	async function serverOfCopy(held: readonly Segment[], reason: 'second-history' | 'overlapping') {
		const refuses: FakeServerOptions['refuses'] = ({ firstSequence }) => (firstSequence === 5 ? reason : null);
		const server = createFakeServer({ refuses });
		server.keys.set(own.deviceId, own.deviceKey);
		await server.log().addSegments(held);
		return server;
	}

	it('[SY15] meets another history under its own id, and sees it: the id is given up', async () => {
		await fill(3);
		const copy = await testCounter(space, own.identity);
		await copy.write(4);
		await copy.write(1, 'written by the copy');
		const server = await serverOfCopy(await copy.cut(5, 5), 'second-history');
		expect(await desk.exchange(server.transport)).toMatchObject({ error: null, refused: 1, identityLost: true });
		expect((await desk.log.ownHead(own.deviceId)).commonTo).toBe(4);
	});

	it('[SY15] meets it on one server also when another one holds all of its own: the id is given up where the ways part', async () => {
		await fill(3);
		const ofOwn = serverWith({});
		expect(await desk.exchange(ofOwn.transport, 1_000)).toMatchObject({ error: null, identityLost: false });
		const copy = await testCounter(space, own.identity);
		await copy.write(2);
		await copy.write(4, 'written by the copy');
		const ofCopy = createFakeServer();
		ofCopy.keys.set(own.deviceId, own.deviceKey);
		await ofCopy.log().addSegments(await copy.cutAll(2));
		await desk.servers.add('http://second.test');
		expect(await desk.exchange(ofCopy.transport)).toMatchObject({ error: null, identityLost: true });
		expect((await desk.log.ownHead(own.deviceId)).commonTo).toBe(2);
	});

	it('[SY15] is refused where a copy of this profile has cut the same otherwise: the id is given up, and nothing is stuck', async () => {
		await fill(3);
		const server = await serverOfCopy(await own.cut(5, 5), 'overlapping');
		expect(await desk.exchange(server.transport)).toMatchObject({ error: null, refused: 1, identityLost: true });
		expect((await desk.log.ownHead(own.deviceId)).commonTo).toBe(4);
	});

	it.each<[string, (answer: ExchangeAnswer) => Partial<ExchangeAnswer>]>([
		['holds more of it than there is', ({ heads }) => ({ heads: withOwn(heads, { sequence: 1e9 }) })],
		[
			'holds another history of it',
			({ heads }) => ({ heads: withOwn(heads, { chainValue: new Uint8Array(32).fill(7) }) })
		],
		[
			'holds what clashes with it',
			() => ({ refused: [{ deviceId: own.deviceId, firstSequence: 1, reason: 'second-history' }] })
		]
	])('keeps its id where a server says it %s and shows nothing, and counts as on no server', async (_, lie) => {
		await fill(3);
		const honest = serverWith({});
		expect(await desk.exchange(honest.transport, 1_000)).toMatchObject({ error: null });
		const liar = createFakeServer({ twist: (answer) => ({ ...answer, keyring: NO_RECORDS, ...lie(answer) }) });
		for (let again = 0; again < 3; again++) {
			const report = await desk.exchange(liar.transport, 2_000);
			expect(report).toMatchObject({ error: { type: 'identity-in-doubt' }, identityLost: false });
			expect(report.requests).toBeLessThan(5);
		}
		expect((await desk.log.ownHead(own.deviceId)).commonTo).toBeUndefined();
		expect(await desk.servers.unsentCount(await desk.log.heads())).toBe(6);
		expect((await desk.servers.list())[0]?.lastSuccessAt).toBe(1_000);
	});

	const NO_RECORDS = { tips: [], records: [] };
	const withOwn = (heads: Heads, part: Partial<Head>): Heads =>
		new Map([...heads, [own.deviceId, { sequence: 6, chainValue: new Uint8Array(32), beyond: [], ...part }]]);

	it('leaves a server forgotten that was removed while it answered', async () => {
		await fill(1);
		const server = serverWith({}, { fault: () => null });
		await desk.exchange({
			exchange: async (...args) => {
				await desk.servers.remove(EXCHANGE_ORIGIN);
				return server.transport.exchange(...args);
			}
		});
		expect(await desk.servers.list()).toEqual([]);
	});
});

it('keeps of a record that comes with several signatures the one copy that verifies', async () => {
	const state = await space.fold([space.record]);
	const { record } = must(
		await addPerson(space.as(state, space.opened), {
			name: 'Jens Beispiel',
			role: 'clerk',
			password: 'Jens',
			stretch: quickStretch,
			...(await space.passingOn(state))
		})
	);
	const copies = Array.from({ length: 5 }, (_, i) => ({
		...record,
		signature: record.signature.map((byte) => byte ^ i)
	}));
	await desk.exchange(giving(copies).transport);
	expect(await desk.held()).toHaveLength(2);
});
