/** What all endpoints share: a body that is read up to a limit, the calling device, and answers in CBOR. */
import { verifyDeviceToken } from '$lib/crypto/device-token';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import type { Keyrings } from './keyrings';
import { problem } from './problem';
import type { RateLimit } from './rate-limit';
import type { SpaceRow, Store } from './store';

/** All that answering a call needs; holds no state of its own but counters of failures. */
export interface ServerContext {
	readonly store: Store;
	readonly keyrings: Keyrings;
	/** Wrong Betriebscodes, by address. */
	readonly codeLimit: RateLimit;
	/** Wrong join packages, by address. */
	readonly takeLimit: RateLimit;
	/** Devices that came in vain for one package. */
	readonly packageLimit: RateLimit;
	now(): number;
}

export interface ApiCall {
	readonly request: Request;
	/** As signed: without host and query. */
	readonly path: string;
	/** Of the caller, for rate limits only; never logged. */
	readonly address: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

export const cbor = (body: Bytes, status = 200): Response =>
	new Response(body, { status, headers: { 'content-type': 'application/cbor' } });

/** What is over the limit is read on and thrown away up to here, so that the answer is heard; then the line is cut. */
const DRAINED_BYTES = 32 * 1024 * 1024;

/** The body of a call of ours, at most `limit` bytes. */
export async function readBody({ request }: ApiCall, limit: number): Promise<Result<Bytes, Response>> {
	const mediaType = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
	if (mediaType !== 'application/cbor') return err(problem('unsupported-media-type'));
	if (Number(request.headers.get('content-length') ?? 0) > DRAINED_BYTES) return err(problem('too-large'));
	const parts: Uint8Array[] = [];
	let length = 0;
	try {
		const reader = request.body?.getReader();
		for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
			length += read.value.length;
			if (length <= limit) parts.push(read.value);
			else parts.length = 0;
			if (length > DRAINED_BYTES) break;
		}
	} catch {
		return err(problem('too-slow'));
	}
	if (length > limit) return err(problem('too-large'));
	const body = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		body.set(part, at);
		at += part.length;
	}
	return ok(body);
}

/** Whose token the call carries: signed by that device for this method, path and body, less than a minute ago. */
export async function authenticate(
	context: ServerContext,
	{ request, path }: ApiCall,
	body: Uint8Array,
	publicKeyOf: (deviceId: DeviceId) => Uint8Array | null | Promise<Uint8Array | null>
): Promise<Result<DeviceId, Response>> {
	const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
	if (!token) return err(problem('unsigned'));
	const nowMs = context.now();
	const verified = await verifyDeviceToken(token, { method: request.method, path, body, nowMs, publicKeyOf });
	if (verified.ok) return ok(verified.value.deviceId);
	switch (verified.error.type) {
		case 'expired':
		case 'not-yet-valid':
			return err(problem('token-time', { time: nowMs }));
		// Whoever cannot prove a device's key learns nothing of it, not even that it is here.
		case 'unknown-device':
		case 'bad-signature':
			return err(problem('unknown-device'));
		default:
			return err(problem('bad-token'));
	}
}

/** A device of this space that is not revoked. A space that is not here and a device that is not of it are answered alike. */
export async function authenticateMember(
	context: ServerContext,
	call: ApiCall,
	spaceId: SpaceId,
	body: Uint8Array
): Promise<Result<{ readonly deviceId: DeviceId; readonly space: SpaceRow }, Response>> {
	const caller = await authenticate(context, call, body, (deviceId) => context.store.deviceKey(spaceId, deviceId));
	if (!caller.ok) return caller;
	const space = await context.store.space(spaceId);
	if (!space) return err(problem('unknown-device'));
	return space.revoked.has(caller.value) ? err(problem('device-revoked')) : ok({ deviceId: caller.value, space });
}
