/** Device keys: the id is the key’s hash, the private key is kept sealed. */
import { describe, expect, it } from 'vitest';
import { utf8 } from '$lib/crypto/bytes';
import { deriveKeys, importDataKey } from '$lib/crypto/data-key';
import {
	deviceIdOf,
	generateDeviceKeys,
	importVerifyKey,
	sign,
	unwrapDeviceKey,
	verify,
	wrapDeviceKey
} from '$lib/crypto/signature';
import type { DeviceId, KeyId, SpaceId } from '$lib/domain/ids';
import { err } from '$lib/domain/result';

const SPACE = '0123456789abcdef0123456789abcdef' as SpaceId;
const purposeKeys = async () => deriveKeys(await importDataKey(new Uint8Array(32)), SPACE, '1.general' as KeyId);

describe('a device key', () => {
	it('names its device by its hash', async () => {
		const { deviceId, publicKey } = await generateDeviceKeys();
		expect(publicKey).toHaveLength(65);
		expect(deviceId).toMatch(/^[0-9a-f]{32}$/);
		expect(await deviceIdOf(publicKey)).toBe(deviceId);
		expect(await deviceIdOf(publicKey.slice().fill(7, 64))).not.toBe(deviceId);
	});

	it('signs; another message, key or length does not verify', async () => {
		const [one, two] = [await generateDeviceKeys(), await generateDeviceKeys()];
		const key = await importVerifyKey(one.publicKey);
		const other = await importVerifyKey(two.publicKey);
		if (!key || !other) throw new Error('keys');
		const signature = await sign(one.signingKey, utf8('a'));
		expect(signature).toHaveLength(64);
		expect(await verify(key, utf8('a'), signature)).toBe(true);
		expect(await verify(key, utf8('b'), signature)).toBe(false);
		expect(await verify(other, utf8('a'), signature)).toBe(false);
		expect(await verify(key, utf8('a'), signature.subarray(1))).toBe(false);
	});

	it('is kept sealed, comes back unexportable, and its bytes are overwritten', async () => {
		const keys = await purposeKeys();
		const { deviceId, publicKey, privateKey } = await generateDeviceKeys();
		const wrapped = await wrapDeviceKey(keys, SPACE, deviceId, privateKey);
		expect(privateKey.every((byte) => byte === 0)).toBe(true);
		const opened = await unwrapDeviceKey(keys, SPACE, deviceId, wrapped);
		if (!opened.ok) throw new Error('cannot open');
		expect(opened.value.extractable).toBe(false);
		const key = await importVerifyKey(publicKey);
		expect(key && (await verify(key, utf8('a'), await sign(opened.value, utf8('a'))))).toBe(true);
	});

	it('does not open as the key of another device', async () => {
		const keys = await purposeKeys();
		const { deviceId, privateKey } = await generateDeviceKeys();
		const wrapped = await wrapDeviceKey(keys, SPACE, deviceId, privateKey);
		expect(await unwrapDeviceKey(keys, SPACE, '0'.repeat(32) as DeviceId, wrapped)).toEqual(
			err({ type: 'cannot-open' })
		);
	});

	it('is no key when its bytes are no point of the curve', async () => {
		expect(await importVerifyKey(new Uint8Array(65))).toBeNull();
		expect(await importVerifyKey(new Uint8Array(64))).toBeNull();
		expect(await importVerifyKey(Uint8Array.of(4, ...new Uint8Array(64).fill(1)))).toBeNull();
	});
});
