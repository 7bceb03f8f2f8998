/** One key a purpose: what is sealed for one opens for no other. */
import { describe, expect, it } from 'vitest';
import { open, seal } from '$lib/crypto/aead';
import { utf8 } from '$lib/crypto/bytes';
import { commitmentOf, deriveKeys, importDataKey, newDataKey } from '$lib/crypto/data-key';
import { hexOf, type KeyId, type SpaceId } from '$lib/domain/ids';
import { err, ok } from '$lib/domain/result';

const SPACE = '0123456789abcdef0123456789abcdef' as SpaceId;
const OTHER_SPACE = '0123456789abcdef0123456789abcdee' as SpaceId;
const KEY = '1.general' as KeyId;
const bytes = Uint8Array.from({ length: 32 }, (_, i) => i);
const AES_PURPOSES = ['segment', 'pending', 'draft', 'snapshot', 'deviceWrap'] as const;

describe('a data key', () => {
	it('gives keys that cannot be exported, and cannot be exported itself', async () => {
		const dataKey = await importDataKey(newDataKey());
		const keys = await deriveKeys(dataKey, SPACE, KEY);
		expect(dataKey.extractable).toBe(false);
		for (const purpose of [...AES_PURPOSES, 'chain'] as const) expect(keys[purpose].extractable).toBe(false);
	});

	it('seals for one purpose, space and key id only', async () => {
		const dataKey = await importDataKey(bytes);
		const keys = await deriveKeys(dataKey, SPACE, KEY);
		const others = [
			await deriveKeys(dataKey, OTHER_SPACE, KEY),
			await deriveKeys(dataKey, SPACE, '2.general' as KeyId)
		];
		for (const purpose of AES_PURPOSES) {
			const sealed = await seal(keys[purpose], utf8('Anliegen'), utf8('aad'));
			for (const other of AES_PURPOSES)
				expect((await open(keys[other], sealed, utf8('aad'))).ok).toBe(other === purpose);
			for (const other of others) expect((await open(other[purpose], sealed, utf8('aad'))).ok).toBe(false);
		}
	});

	it('gives the same keys for the same bytes', async () => {
		const [one, two] = [
			await deriveKeys(await importDataKey(bytes), SPACE, KEY),
			await deriveKeys(await importDataKey(bytes), SPACE, KEY)
		];
		expect(await open(two.draft, await seal(one.draft, utf8('x'), utf8('')), utf8(''))).toEqual(ok(utf8('x')));
	});

	it('has a commitment that names space, key id and bytes', async () => {
		const nonce = new Uint8Array(16);
		const commitment = hexOf(await commitmentOf(nonce, KEY, bytes));
		expect(commitment).toBe('a3f86e4578c119e630ad57896db1a941f3b3c61d2885a5cba9c0f45eec67d089');
		for (const other of [
			commitmentOf(Uint8Array.of(...nonce.subarray(1), 1), KEY, bytes),
			commitmentOf(nonce, '2.general' as KeyId, bytes),
			commitmentOf(nonce, KEY, Uint8Array.of(...bytes.subarray(1), 99))
		])
			expect(hexOf(await other)).not.toBe(commitment);
	});
});

describe('sealed bytes', () => {
	it('open under their associated data only, and not when a single bit was touched', async () => {
		const { draft } = await deriveKeys(await importDataKey(bytes), SPACE, KEY);
		const sealed = await seal(draft, utf8('Entwurf'), utf8('id 1'));
		expect(await open(draft, sealed, utf8('id 1'))).toEqual(ok(utf8('Entwurf')));
		expect(await open(draft, sealed, utf8('id 2'))).toEqual(err({ type: 'cannot-open' }));
		for (let i = 0; i < sealed.length; i++) {
			const touched = sealed.slice();
			touched[i] = (touched[i] ?? 0) ^ 1;
			expect((await open(draft, touched, utf8('id 1'))).ok).toBe(false);
		}
		for (const length of [0, 11, 27])
			expect(await open(draft, sealed.subarray(0, length), utf8('id 1'))).toEqual(err({ type: 'cannot-open' }));
	});

	it('never repeat, whatever is sealed', async () => {
		const { draft } = await deriveKeys(await importDataKey(bytes), SPACE, KEY);
		const nonces = new Set<string>();
		for (let i = 0; i < 50; i++) nonces.add(hexOf((await seal(draft, utf8('x'), utf8(''))).subarray(0, 12)));
		expect(nonces.size).toBe(50);
	});
});
