/** Laying a space onto a server, and devices that vouch for devices. */
import { foldKeyring, recordIdOf, type KeyringState } from '$lib/crypto/keyring';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { ok, type Result } from '$lib/domain/result';
import {
	encodeHello,
	MAX_CALL_BYTES,
	parseDevicesOffer,
	parseHelloOffer,
	parseSpaceOffer,
	PROTOCOL_VERSION,
	SERVICE
} from '$lib/sync/calls';
import { MAX_MESSAGE_BYTES, type DeviceKey } from '$lib/sync/protocol';
import { authenticate, authenticateMember, cbor, readBody, type ApiCall, type ServerContext } from './endpoint';
import { hashEnrolmentCode } from './enrolment-code.js';
import { addVouchedDevices, keysById, provesItself } from './vouching';
import { recordsOf, summaryOf } from './keyrings';
import { problem } from './problem';
import type { CodeError } from './store';
import { encodeMessage } from '$lib/sync/wire';

/** POST /api/v1/hello: is this our server, and what time does it have? */
export async function handleHello(context: ServerContext, call: ApiCall): Promise<Response> {
	const body = await readBody(context, call, MAX_CALL_BYTES);
	if (!body.ok) return body.error;
	const nonce = parseHelloOffer(body.value);
	if (!nonce.ok) return problem('malformed-message');
	return cbor(encodeHello({ nonce: nonce.value, time: context.now(), service: SERVICE, version: PROTOCOL_VERSION }));
}

/** POST /api/v1/spaces: the Betriebscode, the keyring, and the devices of the space; signed by one of them. */
export async function handleFoundSpace(context: ServerContext, call: ApiCall): Promise<Response> {
	const body = await readBody(context, call, MAX_MESSAGE_BYTES);
	if (!body.ok) return body.error;
	const offer = parseSpaceOffer(body.value);
	if (!offer.ok) return problem('malformed-message');
	const { code, records, deviceKeys } = offer.value;
	const proven = await provenKeys(deviceKeys);
	const caller = await authenticate(context, call, body.value, (deviceId) => proven.get(deviceId)?.publicKey ?? null);
	if (!caller.ok) return caller.error;
	const begunAt = context.now();
	const wait = context.codeLimit.waitFor(call.address, begunAt);
	if (wait > 0) return problem('too-many-attempts', { retryAfterMs: wait });
	context.codeLimit.failed(call.address, begunAt);
	const laid = await layDown(context, { code, records, deviceKeys, proven: [...proven.values()] }, caller.value);
	if (!laid.ok) return problem(laid.error.type);
	context.codeLimit.forgive(call.address, begunAt);
	return laid.value;
}

interface SpaceOffer {
	readonly code: string;
	readonly records: readonly KeyringRecord[];
	readonly deviceKeys: readonly DeviceKey[];
	/** Those whose key hashes to their id. */
	readonly proven: readonly DeviceKey[];
}

/** An error only for a code that opens nothing: every other answer was no guess at one. */
async function layDown(
	context: ServerContext,
	{ code, records, deviceKeys, proven }: SpaceOffer,
	caller: DeviceId
): Promise<Result<Response, CodeError>> {
	const founding = records[0]!;
	const state = await foldKeyring((await recordIdOf(founding.bytes)) as string as SpaceId, records);
	if (!state.founded) return ok(problem('not-founded'));
	if (await context.store.space(state.spaceId)) return ok(await againstHeldSpace(context, state, caller, deviceKeys));
	const created = await context.store.createSpace({
		spaceId: state.spaceId,
		codeHash: hashEnrolmentCode(code),
		records: await recordsOf(state),
		summary: summaryOf(state),
		deviceKeys: proven,
		nowMs: context.now()
	});
	return created.ok ? ok(cbor(encodeMessage({}), 201)) : created;
}

/** The answer was lost, or another device brought the space: a member may say it again, anybody else is not let in this way. */
async function againstHeldSpace(
	context: ServerContext,
	state: KeyringState,
	caller: DeviceId,
	deviceKeys: readonly DeviceKey[]
): Promise<Response> {
	if (!(await context.store.deviceKey(state.spaceId, caller))) return problem('unknown-device');
	const { revokedDevices } = await context.keyrings.takeIn(state.spaceId, state.records);
	if (revokedDevices.has(caller)) return problem('device-revoked');
	await addVouchedDevices(context, state.spaceId, deviceKeys, await keysById(context.store, state.spaceId));
	return cbor(encodeMessage({}));
}

async function provenKeys(deviceKeys: readonly DeviceKey[]): Promise<ReadonlyMap<DeviceId, DeviceKey>> {
	const proven = new Map<DeviceId, DeviceKey>();
	for (const deviceKey of deviceKeys) if (await provesItself(deviceKey)) proven.set(deviceKey.deviceId, deviceKey);
	return proven;
}

/** POST /api/v1/spaces/{spaceId}/devices: a device of the space vouches for others. */
export async function handleDevices(context: ServerContext, call: ApiCall, spaceId: SpaceId): Promise<Response> {
	const body = await readBody(context, call, MAX_CALL_BYTES);
	if (!body.ok) return body.error;
	const caller = await authenticateMember(context, call, spaceId, body.value);
	if (!caller.ok) return caller.error;
	const offer = parseDevicesOffer(body.value);
	if (!offer.ok) return problem('malformed-message');
	await addVouchedDevices(context, spaceId, offer.value, await keysById(context.store, spaceId));
	return cbor(encodeMessage({}), 201);
}
