/** The token each call to a server carries: a JWT signed by the device key, bound to method, path and body (DESIGN § 4.2). */
import { base64url, compactVerify, decodeProtectedHeader, SignJWT } from 'jose';
import { bytesOfHex, parseDeviceId, type DeviceId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import { sha256 } from './bytes';
import { deviceIdOf, importVerifyKey } from './signature';

const LIFETIME_S = 60;
const CLOCK_TOLERANCE_S = 60;
const MAX_TOKEN_LENGTH = 2_048;
/** The curve's base point: stands in for a key that is not known, and never verifies anything that counts. */
const NOBODYS_KEY = bytesOfHex(
	'046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'
);

/** The call a token is for. `path` without host and query: a device may use several servers, under several names. */
export interface TokenTarget {
	readonly method: string;
	readonly path: string;
	readonly body: Uint8Array;
	/** Clock of the one who signs or verifies, ms. */
	readonly nowMs: number;
}

export interface SignTokenInput extends TokenTarget {
	readonly deviceId: DeviceId;
	readonly key: CryptoKey;
}

/** ES256; header `kid` = device id; claims `iat`, `exp` (60 s later), `htm`, `htu` (path), `bh` (base64url SHA-256 of the body). */
export async function signDeviceToken({ deviceId, key, method, path, body, nowMs }: SignTokenInput): Promise<string> {
	const issuedAt = Math.floor(nowMs / 1000);
	return new SignJWT({ htm: method.toUpperCase(), htu: path, bh: await bodyHash(body) })
		.setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: deviceId })
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + LIFETIME_S)
		.sign(key);
}

/** `expired` and `not-yet-valid`: a wrong device clock; answered with the server's time, and the client signs again. */
export type TokenError = {
	readonly type:
		| 'malformed-token'
		| 'unknown-device'
		| 'bad-signature'
		| 'expired'
		| 'not-yet-valid'
		| 'other-target'
		| 'other-body';
};

export interface VerifyTokenInput extends TokenTarget {
	/** Raw public key of a device; null when it is not known. Its hash must be the device's id. */
	publicKeyOf(deviceId: DeviceId): Uint8Array | null | Promise<Uint8Array | null>;
}

/**
 * Checks the signature first, so that an error about time or target is never told to somebody without the key. A key that
 * is not known costs as long as one that is: the time of the answer must not tell which devices there are.
 */
export async function verifyDeviceToken(
	token: string,
	{ method, path, body, nowMs, publicKeyOf }: VerifyTokenInput
): Promise<Result<{ readonly deviceId: DeviceId }, TokenError>> {
	const deviceId = claimedDeviceOf(token);
	if (!deviceId) return fail('malformed-token');
	const found = await publicKeyOf(deviceId);
	const publicKey = found ?? NOBODYS_KEY;
	const isKnown = (await deviceIdOf(publicKey)) === deviceId && found !== null;
	const key = await importVerifyKey(publicKey);
	const claims = key ? await claimsOf(token, key) : 'bad-signature';
	if (!isKnown || !key) return fail('unknown-device');
	if (typeof claims === 'string') return fail(claims);
	const { iat, exp, htm, htu, bh } = claims;
	if (!isTime(iat) || !isTime(exp) || exp <= iat || exp - iat > LIFETIME_S) return fail('malformed-token');
	const nowS = nowMs / 1000;
	if (nowS > exp + CLOCK_TOLERANCE_S) return fail('expired');
	if (nowS < iat - CLOCK_TOLERANCE_S) return fail('not-yet-valid');
	if (htm !== method.toUpperCase() || htu !== path) return fail('other-target');
	if (bh !== (await bodyHash(body))) return fail('other-body');
	return ok({ deviceId });
}

const fail = (type: TokenError['type']): Result<never, TokenError> => err({ type });

const bodyHash = async (body: Uint8Array): Promise<string> => base64url.encode(await sha256(body));

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** Whose token it says it is; nothing is proven by that. */
export function claimedDeviceOf(token: string): DeviceId | null {
	if (token.length > MAX_TOKEN_LENGTH) return null;
	try {
		const kid = parseDeviceId(decodeProtectedHeader(token).kid);
		return kid.ok ? kid.value : null;
	} catch {
		return null;
	}
}

interface Claims {
	readonly iat?: unknown;
	readonly exp?: unknown;
	readonly htm?: unknown;
	readonly htu?: unknown;
	readonly bh?: unknown;
}

/** Signature and algorithm only: times are judged afterwards, with our own tolerance and words. Whatever does not verify is one error. */
async function claimsOf(token: string, key: CryptoKey): Promise<Claims | 'bad-signature' | 'malformed-token'> {
	const verified = await compactVerify(token, key, { algorithms: ['ES256'] }).catch(() => null);
	if (!verified) return 'bad-signature';
	try {
		const claims: unknown = JSON.parse(new TextDecoder().decode(verified.payload));
		return typeof claims === 'object' && claims !== null ? claims : 'malformed-token';
	} catch {
		return 'malformed-token';
	}
}
