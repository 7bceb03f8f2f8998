/** All devices lost: the Notfallblatt lets a new one in. The server checks the recovery key's signature and learns nothing of the key. */
import { isProvenBySheet } from '$lib/crypto/sheet-proof';
import type { SpaceId } from '$lib/domain/ids';
import { ok, type Result } from '$lib/domain/result';
import { MAX_CALL_BYTES, parseTakeOffer } from '$lib/sync/calls';
import { encodeSheetEntries, MAX_SHEET_ENTRIES, parseSheetProof } from '$lib/sync/sheet-calls';
import { encodeMessage, type DeviceKey } from '$lib/sync/wire';
import { authenticate, cbor, readBody, type ApiCall, type ServerContext } from './endpoint';
import { problem } from './problem';
import { provesItself } from './vouching';

/** POST /api/v1/spaces/{spaceId}/sheet: the open recovery entries, for whoever names the space; its id is 128 random bits. */
export async function handleSheetEntries(context: ServerContext, call: ApiCall, spaceId: SpaceId): Promise<Response> {
	const body = await readBody(context, call, MAX_CALL_BYTES);
	if (!body.ok) return body.error;
	const deviceKey = parseTakeOffer(body.value);
	if (!deviceKey.ok) return problem('malformed-message');
	const caller = await signedBy(context, call, body.value, deviceKey.value);
	if (!caller.ok) return caller.error;
	return limited(context, call, async () => {
		if (!(await context.store.space(spaceId))) return null;
		const { spaceNonce, recovery } = await context.keyrings.stateOf(spaceId);
		return cbor(encodeSheetEntries({ spaceNonce, entries: recovery.slice(-MAX_SHEET_ENTRIES) }));
	});
}

/** POST /api/v1/spaces/{spaceId}/sheet/enrol: the proof, and the device is one of the space. A replaced sheet proves nothing. */
export async function handleEnrolBySheet(context: ServerContext, call: ApiCall, spaceId: SpaceId): Promise<Response> {
	const body = await readBody(context, call, MAX_CALL_BYTES);
	if (!body.ok) return body.error;
	const proof = parseSheetProof(body.value);
	if (!proof.ok) return problem('malformed-message');
	const { deviceKey, signature } = proof.value;
	const caller = await signedBy(context, call, body.value, deviceKey);
	if (!caller.ok) return caller.error;
	return limited(context, call, async () => {
		if (!(await context.store.space(spaceId))) return null;
		const { recovery } = await context.keyrings.stateOf(spaceId);
		if (!(await isProvenBySheet(recovery, spaceId, deviceKey.deviceId, signature))) return null;
		await context.store.addDevices(spaceId, [deviceKey], context.now());
		return cbor(encodeMessage({}), 201);
	});
}

/** By the device's own key, which the body brings. */
async function signedBy(
	context: ServerContext,
	call: ApiCall,
	body: Uint8Array,
	deviceKey: DeviceKey
): Promise<Result<void, Response>> {
	if (!(await provesItself(deviceKey))) return { ok: false, error: problem('malformed-message') };
	const { deviceId, publicKey } = deviceKey;
	const caller = await authenticate(context, call, body, (id) => (id === deviceId ? publicKey : null));
	return caller.ok ? ok(undefined) : caller;
}

/**
 * An unknown space and a wrong proof are told alike. The limit spares the server work; nobody guesses a signature, so it counts
 * by address alone: who knows a space's id must not be able to keep the sheet out.
 */
async function limited(
	{ takeLimit, now }: ServerContext,
	{ address }: ApiCall,
	answer: () => Promise<Response | null>
): Promise<Response> {
	const begunAt = now();
	const wait = takeLimit.waitFor(address, begunAt);
	if (wait > 0) return problem('too-many-attempts', { retryAfterMs: wait });
	takeLimit.failed(address, begunAt);
	const answered = await answer();
	if (!answered) return problem('wrong-code');
	takeLimit.forgive(address, begunAt);
	return answered;
}
