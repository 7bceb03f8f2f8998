/** The token of a call: good for this device, this call and this minute only. */
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '$lib/crypto/bytes';
import { signDeviceToken, verifyDeviceToken, type TokenTarget, type VerifyTokenInput } from '$lib/crypto/device-token';
import { deviceIdOf, generateDeviceKeys, type NewDeviceKeys } from '$lib/crypto/signature';
import { err, ok } from '$lib/domain/result';

const NOW = 1_790_000_000_000;
const call: TokenTarget = { method: 'POST', path: '/api/v1/spaces/x/exchange', body: utf8('offer'), nowMs: NOW };
let device: NewDeviceKeys;
let token: string;

beforeAll(async () => {
	device = await generateDeviceKeys();
	token = await signDeviceToken({ ...call, deviceId: device.deviceId, key: device.signingKey });
});

const verify = (what: string, changes: Partial<VerifyTokenInput> = {}) =>
	verifyDeviceToken(what, { ...call, publicKeyOf: () => device.publicKey, ...changes });
const fails = (type: string) => err({ type });
const partsOf = () => token.split('.') as [string, string, string];
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Of P-256: the public key whose private key is 1. */
const BASE_POINT = {
	x: 'axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY',
	y: 'T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU'
};

describe('a device token', () => {
	it('names the device, the call and the minute', async () => {
		const [header, payload] = partsOf().map((part) => Buffer.from(part, 'base64url').toString());
		expect(JSON.parse(header ?? '')).toEqual({ alg: 'ES256', typ: 'JWT', kid: device.deviceId });
		expect(JSON.parse(payload ?? '')).toEqual({
			htm: 'POST',
			htu: call.path,
			bh: 'mIGAvwyTKMnovQgnVcZHBIroJIH9BnmbrQXy4aThM5w',
			iat: NOW / 1000,
			exp: NOW / 1000 + 60
		});
		expect(await verify(token)).toEqual(ok({ deviceId: device.deviceId }));
	});

	it('is good for no other method, path or body', async () => {
		expect(await verify(token, { method: 'GET' })).toEqual(fails('other-target'));
		expect(await verify(token, { path: '/api/v1/spaces/y/exchange' })).toEqual(fails('other-target'));
		expect(await verify(token, { body: utf8('another offer') })).toEqual(fails('other-body'));
		expect((await verify(token, { method: 'post' })).ok).toBe(true);
	});

	it.each([-60_000, -1_000, 0, 60_000, 119_000])('is good when the server’s clock is %i ms ahead', async (ahead) => {
		expect((await verify(token, { nowMs: NOW + ahead })).ok).toBe(true);
	});

	it.each([
		[-62_000, 'not-yet-valid'],
		[-10 * 31_557_600_000, 'not-yet-valid'],
		[121_000, 'expired'],
		[10 * 31_557_600_000, 'expired']
	])(
		'at a server’s clock %i ms ahead is told %s, so that the client signs again with the offset',
		async (ahead, type) => {
			expect(await verify(token, { nowMs: NOW + ahead })).toEqual(fails(type));
		}
	);

	it('of a device that is not known is refused', async () => {
		expect(await verify(token, { publicKeyOf: () => null })).toEqual(fails('unknown-device'));
	});

	it('of the key that stands in for unknown ones is refused as well: everybody has its private half', async () => {
		const jwk = { kty: 'EC', crv: 'P-256', d: `${'A'.repeat(42)}E`, ...BASE_POINT };
		const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
		const point = Buffer.concat([
			Buffer.of(4),
			...Object.values(BASE_POINT).map((one) => Buffer.from(one, 'base64url'))
		]);
		const signed = await signDeviceToken({ ...call, deviceId: await deviceIdOf(point), key });
		expect((await verify(signed, { publicKeyOf: () => point })).ok).toBe(true);
		expect(await verify(signed, { publicKeyOf: () => null })).toEqual(fails('unknown-device'));
	});

	it('needs a public key that hashes to the device’s id', async () => {
		const other = await generateDeviceKeys();
		expect(await verify(token, { publicKeyOf: () => Promise.resolve(other.publicKey) })).toEqual(
			fails('unknown-device')
		);
	});

	it('with claims or signature of another does not verify, and its time is not even looked at', async () => {
		const [header, , signature] = partsOf();
		const claims = json({ htm: 'POST', htu: call.path, bh: '', iat: 0, exp: 60 });
		expect(await verify(`${header}.${claims}.${signature}`)).toEqual(fails('bad-signature'));
		const other = await generateDeviceKeys();
		const forged = await signDeviceToken({ ...call, deviceId: device.deviceId, key: other.signingKey });
		expect(await verify(forged)).toEqual(fails('bad-signature'));
	});

	it('lives sixty seconds at most, however it was signed', async () => {
		const signed = (claims: object) =>
			new SignJWT({ htm: 'POST', htu: call.path, ...claims })
				.setProtectedHeader({ alg: 'ES256', kid: device.deviceId })
				.sign(device.signingKey);
		const iat = NOW / 1000;
		for (const claims of [
			{ iat, exp: iat + 61 },
			{ iat },
			{ exp: iat + 60 },
			{ iat: 'now', exp: iat + 60 },
			{ iat, exp: iat }
		])
			expect(await verify(await signed(claims))).toEqual(fails('malformed-token'));
	});

	it('is refused unsigned, with another algorithm, and as garbage', async () => {
		const [header, payload, signature] = partsOf();
		const unsigned = json({ alg: 'none', kid: device.deviceId });
		for (const other of [
			`${unsigned}.${payload}.`,
			`${json({ alg: 'HS256', kid: device.deviceId })}.${payload}.${signature}`
		])
			for (const [publicKeyOf, type] of [
				[() => device.publicKey, 'bad-signature'],
				[() => null, 'unknown-device']
			] as const)
				expect(await verify(other, { publicKeyOf }), other.slice(0, 40)).toEqual(fails(type));
		for (const other of [
			'',
			'a.b.c',
			`${header}.${payload}`,
			`${header}.${payload}.${signature}.${signature}`,
			`${json({ alg: 'ES256' })}.${payload}.${signature}`,
			`${json({ alg: 'ES256', kid: '../..' })}.${payload}.${signature}`,
			token + 'A'.repeat(3_000)
		])
			expect(await verify(other), other.slice(0, 40)).toEqual(fails('malformed-token'));
	});
});
