/** Bytes of version 1, written once and never edited: what lies on disks, sticks and servers must open for ever. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { argon2id } from '$lib/crypto/argon2id';
import { utf8 } from '$lib/crypto/bytes';
import { commitmentOf, deriveKeys, importDataKey, type PurposeKeys } from '$lib/crypto/data-key';
import {
	decodeRecord,
	encodeRecord,
	foldKeyring,
	openPerson,
	openRecovery,
	recordIdOf,
	withRecoveryDataKeyBytes
} from '$lib/crypto/keyring';
import { openPending, openSegment, verifySegmentSignature } from '$lib/crypto/seal';
import { deviceIdOf, importVerifyKey } from '$lib/crypto/signature';
import { bytesOfHex, hexOf, type KeyId, type SpaceId, type StaffId } from '$lib/domain/ids';
import { decodeSegmentHeader, encodeSegmentHeader, segmentOf } from '$lib/domain/segment-codec';
import {
	FIRST_CUT,
	GOLDEN_OPERATIONS,
	makeGoldenFounding,
	makeGoldenSegments,
	type GoldenFounding,
	type GoldenSegments
} from '../../fixtures/golden/make-golden';
import { must } from '../../support/test-space';

/** A fixture that is not there is written, and the test fails until somebody has looked at it and committed it. */
async function golden<T>(name: string, make: () => Promise<T>): Promise<T> {
	const path = `tests/fixtures/golden/${name}.json`;
	if (!existsSync(path)) {
		writeFileSync(path, `${JSON.stringify(await make(), null, '\t')}\n`);
		throw new Error(`${path} was not there; it is written now, to be looked at and committed`);
	}
	return JSON.parse(readFileSync(path, 'utf8')) as T;
}

describe('segments and pending rows of version 1', { timeout: 60_000 }, () => {
	let fixture: GoldenSegments;
	let keys: PurposeKeys;
	beforeAll(async () => {
		fixture = await golden('segments-v1', () => makeGoldenSegments());
		const dataKey = await importDataKey(bytesOfHex(fixture.dataKey));
		keys = await deriveKeys(dataKey, fixture.spaceId as SpaceId, fixture.keyId as KeyId);
	});
	const verifyKeyOf = async (hex: string) => {
		const key = await importVerifyKey(bytesOfHex(hex));
		if (!key) throw new Error('the fixture’s key is one');
		return key;
	};
	const segmentAt = (index: number) => {
		const parts = fixture.segments[index];
		if (!parts) throw new Error('the fixture holds two segments');
		const [header, sealed, staff, device] = [parts.header, parts.sealed, parts.staffSignature, parts.signature];
		return must(segmentOf(bytesOfHex(header), bytesOfHex(sealed), bytesOfHex(staff), bytesOfHex(device)));
	};

	it('are made again byte for byte, but for signatures and the deflated content', async () => {
		const made = await makeGoldenSegments(fixture);
		const unsigned = ({ pending, segments, ...rest }: GoldenSegments) => ({
			...rest,
			pending: pending.map(({ chainValue, sealed }) => ({ chainValue, sealed })),
			headers: segments.map(({ header }) => header),
			plain: segments[0]?.sealed
		});
		expect(unsigned(made)).toEqual(unsigned(fixture));
	});

	it('have headers that decode and encode to the same bytes', () => {
		for (const { header } of fixture.segments)
			expect(hexOf(encodeSegmentHeader(must(decodeSegmentHeader(bytesOfHex(header)))))).toBe(header);
	});

	it('open, plain and deflated, with both signatures', async () => {
		const staffKey = await verifyKeyOf(fixture.staff.publicKey);
		const deviceKey = await verifyKeyOf(fixture.device.publicKey);
		const expected = [GOLDEN_OPERATIONS.slice(0, FIRST_CUT), GOLDEN_OPERATIONS.slice(FIRST_CUT)];
		for (const [index, operations] of expected.entries()) {
			const segment = segmentAt(index);
			expect(segment.header.deviceId).toBe(await deviceIdOf(bytesOfHex(fixture.device.publicKey)));
			expect(await verifySegmentSignature(segment, deviceKey)).toBe(true);
			const opened = must(await openSegment(segment, keys, [staffKey]));
			expect(opened.operations).toEqual(operations.map(utf8));
		}
	});

	it('open as pending rows', async () => {
		const { deviceId } = segmentAt(0).header;
		for (const [i, { chainValue, sealed, staffSignature }] of fixture.pending.entries()) {
			const row = {
				deviceId,
				sequence: i + 1,
				staffId: fixture.staffId as StaffId,
				keyId: fixture.keyId as KeyId,
				chainValue: bytesOfHex(chainValue),
				sealed: bytesOfHex(sealed),
				staffSignature: bytesOfHex(staffSignature)
			};
			expect(must(await openPending(row, keys, fixture.spaceId as SpaceId))).toEqual(utf8(GOLDEN_OPERATIONS[i] ?? ''));
		}
	});
});

describe('a founding record of version 1', { timeout: 60_000 }, () => {
	let fixture: GoldenFounding;
	beforeAll(async () => {
		fixture = await golden('keyring-v1', makeGoldenFounding);
	});
	const folded = () =>
		foldKeyring(fixture.spaceId as SpaceId, [
			{ bytes: bytesOfHex(fixture.bytes), signature: bytesOfHex(fixture.signature) }
		]);

	it('decodes and encodes to the same bytes, and its hash is the space id', async () => {
		const bytes = bytesOfHex(fixture.bytes);
		const body = must(decodeRecord(bytes));
		expect(hexOf(encodeRecord(body))).toBe(fixture.bytes);
		expect(await recordIdOf(bytes)).toBe(fixture.spaceId);
		expect(body.payload).toMatchObject({ type: 'space-founded', commune: 'Soest, Stadt', ags: '05974040' });
	});

	it('verifies, and opens by password with Argon2id', async () => {
		const state = await folded();
		expect(state.founded).toBe(true);
		const spaceSecret = bytesOfHex(fixture.spaceSecret);
		const staffId = fixture.staffId as StaffId;
		expect(must(await openPerson(state, staffId, fixture.password, spaceSecret, argon2id)).dataKeys.size).toBe(1);
	});

	it('opens by the Notfallblatt to the key it commits to', async () => {
		const state = await folded();
		const [recoveryKey, spaceSecret] = [bytesOfHex(fixture.recoveryKey), bytesOfHex(fixture.spaceSecret)];
		expect((await openRecovery(state, recoveryKey, spaceSecret)).ok).toBe(true);
		const commitment = await withRecoveryDataKeyBytes(state, recoveryKey, spaceSecret, (bytes) =>
			commitmentOf(state.spaceNonce, state.currentKeyId, bytes.get(state.currentKeyId) ?? new Uint8Array(0))
		);
		expect(hexOf(must(commitment))).toBe(hexOf(state.keys[0]?.commitment ?? new Uint8Array(0)));
	});
});
