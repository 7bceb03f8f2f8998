/** The same code in a real browser: Argon2id in its worker, golden segments, deflate and the keyring. */
import { expect, it } from 'vitest';
import foundingV1 from '../../fixtures/golden/keyring-v1.json';
import segmentsV1 from '../../fixtures/golden/segments-v1.json';
import { seal } from '$lib/crypto/aead';
import { concat } from '$lib/crypto/bytes';
import { deriveKeys, importDataKey } from '$lib/crypto/data-key';
import { createWorkerStretcher, newKdf } from '$lib/crypto/key-derivation';
import { addPerson, foldKeyring, openPerson, withDataKeyBytes } from '$lib/crypto/keyring';
import { openSegment, verifySegmentSignature } from '$lib/crypto/seal';
import { importVerifyKey } from '$lib/crypto/signature';
import { bytesOfHex, hexOf, type KeyId, type SpaceId, type StaffId } from '$lib/domain/ids';
import { segmentOf } from '$lib/domain/segment-codec';
import { must } from '../../support/test-space';

const stretch = createWorkerStretcher(
	() => new Worker(new URL('../../../src/lib/crypto/argon2.worker.ts', import.meta.url), { type: 'module' })
);
const keysOfFixture = async () =>
	deriveKeys(
		await importDataKey(bytesOfHex(segmentsV1.dataKey)),
		segmentsV1.spaceId as SpaceId,
		segmentsV1.keyId as KeyId
	);
const segments = () =>
	segmentsV1.segments.map(({ header, sealed, staffSignature, signature }) =>
		must(segmentOf(bytesOfHex(header), bytesOfHex(sealed), bytesOfHex(staffSignature), bytesOfHex(signature)))
	);

it('stretches in the worker to what OpenSSL gives, and refuses 4 GiB', async () => {
	const kdf = newKdf(Uint8Array.from({ length: 16 }, (_, i) => i));
	expect(hexOf(await stretch('Grüne Wiese am Fluß', kdf))).toBe(
		'4ce8bf8697c685292c788783d1df1539b16bdb90860cfd5251038813de096ebb'
	);
	await expect(stretch('x', { ...kdf, memoryKiB: 4 * 1024 * 1024 })).rejects.toThrow();
});

it('opens segments of version 1, plain and deflated', async () => {
	const [device, staff] = [
		await importVerifyKey(bytesOfHex(segmentsV1.device.publicKey)),
		await importVerifyKey(bytesOfHex(segmentsV1.staff.publicKey))
	];
	if (!device || !staff) throw new Error('the fixture’s keys are keys');
	const counts: number[] = [];
	for (const segment of segments()) {
		expect(await verifySegmentSignature(segment, device)).toBe(true);
		counts.push(must(await openSegment(segment, await keysOfFixture(), [staff])).operations.length);
	}
	expect(counts).toEqual([2, 200]);
});

it('stops inflating at the limit', async () => {
	const staff = await importVerifyKey(bytesOfHex(segmentsV1.staff.publicKey));
	const [segment] = segments();
	if (!staff || !segment) throw new Error('the fixture holds both');
	const keys = await keysOfFixture();
	const stream = new Blob([new Uint8Array(60 * 1024 * 1024)])
		.stream()
		.pipeThrough(new CompressionStream('deflate-raw'));
	const bomb = concat(Uint8Array.of(1), new Uint8Array(await new Response(stream).arrayBuffer()));
	for (const [content, type] of [
		[bomb, 'too-large'],
		[Uint8Array.of(1, 255, 255, 255), 'cannot-open']
	] as const) {
		const sealed = await seal(keys.segment, content, segment.headerBytes);
		expect(await openSegment({ ...segment, sealed }, keys, [staff])).toEqual({ ok: false, error: { type } });
	}
});

it('opens a founding record of version 1, and adds a person who opens', async () => {
	const founding = { bytes: bytesOfHex(foundingV1.bytes), signature: bytesOfHex(foundingV1.signature) };
	const spaceId = foundingV1.spaceId as SpaceId;
	const spaceSecret = bytesOfHex(foundingV1.spaceSecret);
	const state = await foldKeyring(spaceId, [founding]);
	const { record, staffId } = must(
		must(
			await withDataKeyBytes(
				state,
				foundingV1.staffId as StaffId,
				foundingV1.password,
				spaceSecret,
				stretch,
				(dataKeyBytes, actor) =>
					addPerson(
						{ state, actor, recordedAt: 0 },
						{ name: 'Aylin Yılmaz', role: 'clerk', password: 'erstes Passwort', stretch, spaceSecret, dataKeyBytes }
					)
			)
		)
	);
	const next = await foldKeyring(spaceId, [founding, record]);
	expect(must(await openPerson(next, staffId, 'erstes Passwort', spaceSecret, stretch)).dataKeys.size).toBe(1);
	expect((await openPerson(next, staffId, 'anderes', spaceSecret, stretch)).ok).toBe(false);
});
