/** Coming in by the Notfallblatt without holding it: no guess, no other’s proof and no replaced sheet lets a device in. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { proveSheet } from '$lib/crypto/sheet-proof';
import { renewRecovery } from '$lib/crypto/keyring';
import type { EmergencySheetContent } from '$lib/crypto/printed-codes';
import { createHttpTransport } from '$lib/sync/transport';
import { testCounter, type TestCounter } from '../support/test-counter';
import { startTestServer, type TestServer } from '../support/test-server';
import { must, testSpace, type TestSpace } from '../support/test-space';

const HOUR_MS = 3_600_000;
let server: TestServer;
let space: TestSpace;
let member: TestCounter;
let stranger: TestCounter;
let sheet: EmergencySheetContent;

const transportOf = ({ signToken }: TestCounter) =>
	createHttpTransport({ origin: server.origin, fetch: server.fetch, now: () => server.clock.now, signToken });
const WRONG_CODE = { ok: false, error: { type: 'refused', status: 403, problem: 'wrong-code' } };
const UNKNOWN_DEVICE = { ok: false, error: { type: 'needs-sign-in', problem: 'unknown-device' } };

beforeEach(async () => {
	server = await startTestServer();
	space = await testSpace();
	member = await testCounter(space);
	stranger = await testCounter(space);
	const { spaceId, spaceSecret, recoveryKey } = space;
	sheet = { spaceId, spaceSecret, recoveryKey };
	const offer = { code: server.code, records: [space.record], deviceKeys: [member.deviceKey] };
	must(await transportOf(member).foundSpace(offer));
});
afterEach(() => server.stop());

const entriesFor = async (counter: TestCounter) =>
	must(await transportOf(counter).sheetEntries(space.spaceId, counter.deviceKey));
const proofFor = async (counter: TestCounter, by = sheet) =>
	proveSheet(by, await entriesFor(counter), counter.deviceId);
const exchange = (counter: TestCounter, records: TestSpace['record'][] = []) =>
	transportOf(counter).exchange(space.spaceId, {
		heads: new Map(),
		segments: [],
		deviceKeys: [],
		keyring: { tips: [], records }
	});

it('the sheet lets a device in, and told twice it changes nothing', async () => {
	expect(await exchange(stranger)).toMatchObject(UNKNOWN_DEVICE);
	const signature = (await proofFor(stranger))!;
	for (let i = 0; i < 2; i++)
		must(await transportOf(stranger).enrolBySheet(space.spaceId, { deviceKey: stranger.deviceKey, signature }));
	must(await exchange(stranger));
});

it('what the server hands out opens with neither another key nor another secret', async () => {
	const entries = await entriesFor(stranger);
	const others = [
		{ ...sheet, recoveryKey: new Uint8Array(16) },
		{ ...sheet, spaceSecret: new Uint8Array(16) }
	];
	for (const other of others) expect(await proveSheet(other, entries, stranger.deviceId)).toBeNull();
});

it('a proof lets in that device alone, in that space alone', async () => {
	const signature = (await proofFor(stranger))!;
	const third = await testCounter(space);
	const enrol = (by: TestCounter, proof: { deviceKey: TestCounter['deviceKey']; signature: Uint8Array }) =>
		transportOf(by).enrolBySheet(space.spaceId, proof);
	expect(await enrol(third, { deviceKey: third.deviceKey, signature })).toEqual(WRONG_CODE);
	// Somebody else's key in the body, with a token of one's own.
	expect(await enrol(third, { deviceKey: stranger.deviceKey, signature })).toMatchObject({
		error: { type: 'needs-sign-in' }
	});
	const elsewhere = await proveSheet(
		{ ...sheet, spaceId: member.deviceId as never },
		await entriesFor(third),
		third.deviceId
	);
	expect(await enrol(third, { deviceKey: third.deviceKey, signature: elsewhere! })).toEqual(WRONG_CODE);
	expect(await exchange(third)).toMatchObject(UNKNOWN_DEVICE);
});

it('a replaced sheet proves nothing from the record on that replaces it, and the new one does', async () => {
	const old = (await proofFor(stranger))!;
	const state = await space.fold([space.record]);
	const renewed = must(await renewRecovery(space.as(state, space.opened), await space.passingOn(state)));
	must(await exchange(member, [renewed.record]));
	expect(await proofFor(stranger)).toBeNull();
	const { deviceKey } = stranger;
	expect(await transportOf(stranger).enrolBySheet(space.spaceId, { deviceKey, signature: old })).toEqual(WRONG_CODE);
	const { recoveryKey } = renewed;
	const signature = (await proofFor(stranger, { ...sheet, recoveryKey }))!;
	must(await transportOf(stranger).enrolBySheet(space.spaceId, { deviceKey, signature }));
	must(await exchange(stranger));
});

it('an unknown space is told like a wrong proof', async () => {
	const { deviceKey } = stranger;
	const spaceId = (await testSpace()).spaceId;
	expect(await transportOf(stranger).sheetEntries(spaceId, deviceKey)).toEqual(WRONG_CODE);
	const proof = { deviceKey, signature: new Uint8Array(64) };
	expect(await transportOf(stranger).enrolBySheet(spaceId, proof)).toEqual(WRONG_CODE);
	expect(await transportOf(stranger).enrolBySheet(space.spaceId, proof)).toEqual(WRONG_CODE);
});

it('a hundred wrong proofs at once get thirty answers, and the right one is taken an hour later', async () => {
	const { deviceKey } = stranger;
	const signature = (await proofFor(stranger))!;
	const wrong = { deviceKey, signature: new Uint8Array(64) };
	const answers = await Promise.all(
		Array.from({ length: 100 }, () => transportOf(stranger).enrolBySheet(space.spaceId, wrong))
	);
	const words = answers.map((answer) => JSON.stringify(answer));
	expect(words.filter((word) => word.includes('wrong-code'))).toHaveLength(30);
	expect(words.filter((word) => word.includes('429'))).toHaveLength(70);
	server.clock.now += HOUR_MS;
	must(await transportOf(stranger).enrolBySheet(space.spaceId, { deviceKey, signature }));
});
