/** What every transport and server must do together, whoever carries the bytes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldKeyring, revokeDevice } from '$lib/crypto/keyring';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Segment } from '$lib/domain/operation-log';
import { createHttpTransport, type HttpPorts, type Transport } from '$lib/sync/transport';
import type { ExchangeOffer } from '$lib/sync/protocol';
import { aSegment, testCounter, type TestCounter } from '../support/test-counter';
import { must, testSpace, type TestSpace } from '../support/test-space';

export interface ContractServer {
	readonly origin: string;
	readonly fetch: HttpPorts['fetch'];
	/** The server's own clock, ms. */
	now(): number;
	/** A Betriebscode that nobody has used. */
	newCode(): Promise<string>;
	stop(): Promise<void>;
}

const DECADE_MS = 10 * 365 * 24 * 60 * 60 * 1000;
const empty: Omit<ExchangeOffer, 'nonce'> = {
	heads: new Map(),
	segments: [],
	deviceKeys: [],
	keyring: { tips: [], records: [] }
};
const offering = (segments: readonly Segment[]): Omit<ExchangeOffer, 'nonce'> => ({ ...empty, segments });

export function transportContract(name: string, startServer: () => Promise<ContractServer>): void {
	describe(`transport: ${name}`, () => {
		let server: ContractServer;
		let space: TestSpace;
		let first: TestCounter;
		beforeAll(async () => {
			server = await startServer();
			space = await testSpace();
			first = await testCounter(space);
			await lay(space, first, await server.newCode());
			// A server may have to be built first.
		}, 300_000);
		afterAll(() => server.stop());

		const transportOf = (counter: TestCounter, clockErrorMs = 0): Transport =>
			createHttpTransport({
				origin: server.origin,
				fetch: server.fetch,
				now: () => server.now() + clockErrorMs,
				signToken: counter.signToken
			});
		const lay = async (of: TestSpace, counter: TestCounter, code: string) =>
			must(await transportOf(counter).foundSpace({ code, records: [of.record], deviceKeys: [counter.deviceKey] }));
		const exchange = async (counter: TestCounter, offer = empty) =>
			must(await transportOf(counter).exchange(space.spaceId, offer)).answer;

		it('[SY14] greets with the nonce and its clock', async () => {
			const hello = must(await transportOf(first, -5_000).hello());
			expect(hello.service).toBe('notschalter');
			expect(Math.abs(hello.clockOffsetMs - 5_000)).toBeLessThan(2_000);
		});

		it('[SY2] acknowledges by heads what it was given, and hands it to another device', async () => {
			const segment = await aSegment(first, 5);
			const answer = await exchange(first, offering([segment]));
			expect(answer.refused).toEqual([]);
			expect(answer.heads.get(first.deviceId)).toEqual({
				sequence: 5,
				chainValue: segment.header.chainAfter,
				beyond: []
			});
			const second = await testCounter(space);
			must(await transportOf(first).enrolDevices(space.spaceId, [second.deviceKey]));
			const fetched = await exchange(second);
			expect(fetched.segments).toContainEqual(segment);
			expect(fetched.deviceKeys).toContainEqual(first.deviceKey);
			expect(fetched.keyring.records).toEqual([space.record]);
		});

		it('[SY1] changes nothing when the same comes again', async () => {
			const counter = await vouchedFor();
			const segment = await aSegment(counter);
			const once = await exchange(counter, offering([segment]));
			const again = await exchange(counter, offering([segment, segment]));
			expect(again.refused).toEqual([]);
			expect(again.heads).toEqual(once.heads);
		});

		it.each([
			['ten years behind', -DECADE_MS],
			['ten years ahead', DECADE_MS],
			['right', 0]
		])('[SY8] serves a device whose clock is %s, and tells it', async (_case, clockErrorMs) => {
			const exchanged = must(await transportOf(first, clockErrorMs).exchange(space.spaceId, empty));
			expect(Math.abs(exchanged.clockOffsetMs + clockErrorMs)).toBeLessThan(2_000);
		});

		it('refuses a device it does not know', async () => {
			const stranger = await testCounter(space);
			expect(await transportOf(stranger).exchange(space.spaceId, empty)).toEqual({
				ok: false,
				error: { type: 'needs-sign-in', problem: 'unknown-device', clockOffsetMs: null }
			});
		});

		it('refuses a space it does not know', async () => {
			const other = await testSpace();
			const answer = await transportOf(await testCounter(other)).exchange(other.spaceId, empty);
			expect(answer).toEqual({
				ok: false,
				error: { type: 'needs-sign-in', problem: 'unknown-device', clockOffsetMs: null }
			});
		});

		it('takes a Betriebscode once, says whether one is wrong or used, and lets the founder repeat', async () => {
			const [one, two] = [await testSpace(), await testSpace()];
			const [ofOne, ofTwo] = [await testCounter(one), await testCounter(two)];
			const found = (of: TestSpace, counter: TestCounter, typed: string) =>
				transportOf(counter).foundSpace({ code: typed, records: [of.record], deviceKeys: [counter.deviceKey] });
			const code = await server.newCode();
			const refused = (problem: string) => ({ ok: false, error: { type: 'refused', status: 403, problem } });
			expect(await found(one, ofOne, 'FALSCH-0000-0000')).toEqual(refused('wrong-code'));
			expect(await found(one, ofOne, ` ${code.toLowerCase().replaceAll('0', 'o')} `)).toMatchObject({ ok: true });
			expect(await found(one, ofOne, code)).toMatchObject({ ok: true });
			expect(await found(two, ofTwo, code)).toEqual(refused('code-used'));
		});

		it('counts each use of a join package once, and the same device again counts no other', async () => {
			const packageId = first.deviceId.replaceAll('a', 'b');
			const sealed = new Uint8Array([1, 2, 3]);
			const created = must(
				await transportOf(first).createJoinPackage(space.spaceId, { packageId, sealed, uses: 1, validForMs: 60_000 })
			);
			expect(Math.abs(created.clockOffsetMs)).toBeLessThan(2_000);
			const [winner, late] = [await testCounter(space), await testCounter(space)];
			const take = (counter: TestCounter) => transportOf(counter).takeJoinPackage(packageId, counter.deviceKey);
			expect(await take(winner)).toEqual({ ok: true, value: { spaceId: space.spaceId, sealed } });
			expect(await take(winner)).toMatchObject({ ok: true });
			expect(await take(late)).toMatchObject({ ok: false, error: { problem: 'code-used' } });
			expect((await exchange(winner)).keyring.records).toEqual([space.record]);
		});

		it('knows no join package but those that were left', async () => {
			const stranger = await testCounter(space);
			const taken = await transportOf(stranger).takeJoinPackage('f'.repeat(32), stranger.deviceKey);
			expect(taken).toEqual({ ok: false, error: { type: 'refused', status: 403, problem: 'wrong-code' } });
		});

		it('passes keyring records on, and lets a revoked device call no more', async () => {
			const gone = await vouchedFor();
			const revocation = await revoked(gone);
			const keyring = { tips: [], records: [revocation] };
			const answer = await exchange(first, { ...empty, keyring });
			expect(answer.keyring.records).toEqual([space.record, revocation]);
			expect(await transportOf(gone).exchange(space.spaceId, empty)).toEqual({
				ok: false,
				error: { type: 'refused', status: 403, problem: 'device-revoked' }
			});
		});

		async function vouchedFor(): Promise<TestCounter> {
			const counter = await testCounter(space);
			must(await transportOf(first).enrolDevices(space.spaceId, [counter.deviceKey]));
			return counter;
		}

		async function revoked(counter: TestCounter): Promise<KeyringRecord> {
			const state = await foldKeyring(space.spaceId, [space.record]);
			const { deviceId } = counter;
			const last = { lastSequence: 0, lastChainValue: new Uint8Array(32) };
			return must(await revokeDevice(space.as(state, space.opened), { deviceId, ...last }));
		}
	});
}
