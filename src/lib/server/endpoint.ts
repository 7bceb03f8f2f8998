/** What all endpoints share: a body that is read up to a limit, the calling device, and answers in CBOR. */
import { verifyDeviceToken } from '$lib/crypto/device-token';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import type { CommitLoop } from './commit-loop';
import type { Contacts } from './contacts';
import type { ExchangeCall } from './exchange-together';
import type { Keyrings } from './keyrings';
import type { Overload } from './overload';
import { problem } from './problem';
import type { RateLimit } from './rate-limit';
import type { StorageFault, StorageWatch } from './storage-fault';
import type { SpaceRow, Store } from './store';

/** All that answering a call needs; holds no state of its own but counters of failures and what waits. */
export interface ServerContext extends ServerParts {
	/** Exchanges wait here for the next commit. */
	readonly exchanges: CommitLoop<ExchangeCall, Response>;
	readonly overload: Overload;
	readonly storage: StorageWatch;
	/** Whether the database can be written. */
	probe(): Promise<StorageFault | 'ready'>;
}

export interface ServerParts {
	readonly store: Store;
	readonly keyrings: Keyrings;
	/** Devices that exchanged. */
	readonly contacts: Contacts;
	/** Wrong Betriebscodes, by address. */
	readonly codeLimit: RateLimit;
	/** Wrong codes of the status page, by address. */
	readonly hubLimit: RateLimit;
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

/** Soon enough for a disk that was emptied, seldom enough for one that stays full. */
const STORAGE_RETRY_MS = 30_000;

/** What is over the limit is read on and thrown away up to here, so that the answer is heard; then the line is cut. */
const DRAINED_BYTES = 32 * 1024 * 1024;

/** The body of a call of ours, at most `limit` bytes; 429 when too much is arriving from all callers at once. */
export async function readBody(
	{ overload }: Pick<ServerContext, 'overload'>,
	{ request }: ApiCall,
	limit: number
): Promise<Result<Bytes, Response>> {
	const mediaType = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
	if (mediaType !== 'application/cbor') return err(problem('unsupported-media-type'));
	if (Number(request.headers.get('content-length') ?? 0) > DRAINED_BYTES) return err(problem('too-large'));
	const arriving = overload.room.open(limit);
	try {
		let length = 0;
		const reader = request.body?.getReader();
		for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
			length = arriving.add(read.value);
			if (length > DRAINED_BYTES) break;
		}
		if (length > limit) return err(problem('too-large'));
		return arriving.gaveWay ? err(overload.refusal()) : ok(arriving.whole());
	} catch {
		return err(problem('too-slow'));
	} finally {
		arriving.forget();
	}
}

/** What a call carries in its header; not proven by that. */
export const tokenOf = ({ request }: ApiCall): string | null =>
	/^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;

/** A disk that is full or refuses is said in our words; what was not committed was not answered. */
export async function answerOrProblem(
	{ storage }: Pick<ServerContext, 'storage'>,
	answering: Promise<Response>
): Promise<Response> {
	try {
		return await answering;
	} catch (error) {
		const fault = storage.failed(error);
		if (!fault) throw error;
		return problem(fault, { retryAfterMs: STORAGE_RETRY_MS });
	}
}

/** Whose token the call carries: signed by that device for this method, path and body, less than a minute ago. */
export async function authenticate(
	{ now }: Pick<ServerParts, 'now'>,
	call: ApiCall,
	body: Uint8Array,
	publicKeyOf: (deviceId: DeviceId) => Uint8Array | null | Promise<Uint8Array | null>
): Promise<Result<DeviceId, Response>> {
	const token = tokenOf(call);
	if (!token) return err(problem('unsigned'));
	const nowMs = now();
	const { method } = call.request;
	const verified = await verifyDeviceToken(token, { method, path: call.path, body, nowMs, publicKeyOf });
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
