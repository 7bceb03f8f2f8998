/** Our wrappers of AES-GCM and ECDSA against the vectors of the Wycheproof project. */
import { describe, expect, it } from 'vitest';
import { open, seal } from '$lib/crypto/aead';
import { importVerifyKey, verify } from '$lib/crypto/signature';
import { err, ok } from '$lib/domain/result';
import aes from '../../fixtures/vectors/wycheproof-aes-256-gcm.json';
import ecdsa from '../../fixtures/vectors/wycheproof-ecdsa-p256-sha256.json';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const CANNOT_OPEN = err({ type: 'cannot-open' });

type Sealed = (typeof aes.valid)[0];
const aesKey = (key: string) => crypto.subtle.importKey('raw', bytes(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
const openOne = async ({ key, iv, aad, ct, tag }: Omit<Sealed, 'tcId'>) =>
	open(await aesKey(key), bytes(iv + ct + tag), bytes(aad));

describe('AES-256-GCM', () => {
	it.each(aes.valid)('opens and seals case $tcId', async (one) => {
		expect(await openOne(one)).toEqual(ok(bytes(one.msg)));
		const sealed = await seal(await aesKey(one.key), bytes(one.msg), bytes(one.aad), () => bytes(one.iv));
		expect(Buffer.from(sealed).toString('hex')).toBe(one.iv + one.ct + one.tag);
	});

	it('opens no text of which one bit of tag, text, nonce or associated data is another', async () => {
		for (const one of [aes.modifiedTag, ...aes.valid]) {
			expect(await openOne(one)).toEqual(ok(bytes(one.msg)));
			for (const part of ['tag', 'ct', 'iv', 'aad'] as const)
				for (let bit = 0; bit < one[part].length * 4; bit++)
					expect(await openOne({ ...one, [part]: flipped(one[part], bit) })).toEqual(CANNOT_OPEN);
		}
	});

	it.each(['00', 'ff', '80', '01', '7f'])('opens no text of which each byte of the tag differs by %s', async (mask) => {
		const { tag } = aes.modifiedTag;
		const other = mask === '00' ? '00'.repeat(16) : masked(tag, Number.parseInt(mask, 16));
		expect(await openOne({ ...aes.modifiedTag, tag: other })).toEqual(CANNOT_OPEN);
	});

	it('opens no text whose tag was cut short', async () => {
		for (const one of aes.valid)
			for (let length = 0; length < 16; length++)
				expect(await openOne({ ...one, tag: one.tag.slice(0, 2 * length) })).toEqual(CANNOT_OPEN);
	});

	it.each(aes.otherSizes)('takes no key or nonce of another size: case $tcId', async (one) => {
		expect(await openOne(one)).toEqual(CANNOT_OPEN);
		await expect(seal(await aesKey(one.key), bytes(one.msg), bytes(one.aad))).rejects.toThrow(TypeError);
		// The same nonce with a key that is long enough: it is read as a nonce of 96 bits and some text.
		if (one.iv.length > 24) expect(await openOne({ ...one, key: one.key + one.key })).toEqual(CANNOT_OPEN);
	});
});

const masked = (hex: string, mask: number) => Buffer.from(bytes(hex).map((byte) => byte ^ mask)).toString('hex');
function flipped(hex: string, bit: number): string {
	const changed = bytes(hex);
	changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
	return Buffer.from(changed).toString('hex');
}

/** Order of the group, and of the field. */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const wide = (value: bigint, length = 32) => value.toString(16).padStart(2 * length, '0');

async function isValid(publicKey: string, msg: string, sig: string): Promise<boolean> {
	const key = await importVerifyKey(bytes(publicKey));
	if (!key) throw new Error('the vectors’ keys are points of the curve');
	return verify(key, bytes(msg), bytes(sig));
}
type Case = readonly [tcId: number, msg: string, sig: string];
const casesOf = (kind: 'valid' | 'invalid') =>
	ecdsa.groups.flatMap(({ publicKey, ...group }) =>
		(group[kind] as unknown as Case[]).map(([tcId, msg, sig]) => ({ tcId, publicKey, msg, sig }))
	);

describe('ECDSA P-256 with SHA-256, r ‖ s', () => {
	it.each(casesOf('valid'))('takes case $tcId', async ({ publicKey, msg, sig }) => {
		expect(await isValid(publicKey, msg, sig)).toBe(true);
		expect(await isValid(publicKey, `${msg}00`, sig)).toBe(false);
	});

	it.each(casesOf('invalid'))('refuses case $tcId', async ({ publicKey, msg, sig }) => {
		expect(await isValid(publicKey, msg, sig)).toBe(false);
	});

	const [first] = casesOf('valid');
	if (!first) throw new Error('the vectors have a first case');
	const r = BigInt(`0x${first.sig.slice(0, 64)}`);
	// Case 1 is the malleable twin of the signature that the others are made of.
	const s = N - BigInt(`0x${first.sig.slice(64)}`);

	it('takes the signature that cases 2 to 10 are made of', async () => {
		expect(await isValid(first.publicKey, first.msg, wide(r) + wide(s))).toBe(true);
	});

	it.each<[string, bigint, bigint, number]>([
		['r + n', r + N, s, 33],
		['r + 256 n', r + 256n * N, s, 34],
		['n − r', N - r, s, 32],
		['r + 2^256', r + 2n ** 256n, s, 33],
		['r + 2^320', r + 2n ** 320n, s, 41],
		['s + n', s + N, s, 33],
		['s + 256 n', s + 256n * N, s, 34],
		['s + 2^256', s + 2n ** 256n, s, 33],
		['s + 2^320', s + 2n ** 320n, s, 41]
	])('refuses cases 2 to 10: %s', async (_name, changed, other, length) => {
		expect(await isValid(first.publicKey, first.msg, wide(changed, length) + wide(other, length))).toBe(false);
	});

	it('refuses cases 11 to 59: r and s of 0, 1, n − 1, n, n + 1, p, p + 1, each with each', async () => {
		const special = [0n, 1n, N - 1n, N, N + 1n, P, P + 1n];
		for (const a of special)
			for (const b of special) expect(await isValid(first.publicKey, first.msg, wide(a) + wide(b))).toBe(false);
	});
});
