/** Join packages: a device of the space leaves one, a new device takes it with the Aufnahmecode (DESIGN § 3.3). */
import { createHash } from 'node:crypto';
import type { SpaceId } from '$lib/domain/ids';
import {
	encodeJoinPackageAnswer,
	encodeTaken,
	MAX_CALL_BYTES,
	MAX_SEALED_PACKAGE_BYTES,
	parseJoinPackageOffer,
	parseTakeOffer
} from '$lib/sync/calls';
import { authenticate, authenticateMember, cbor, readBody, type ApiCall, type ServerContext } from './endpoint';
import { problem } from './problem';
import { provesItself } from './vouching';

/** POST /api/v1/spaces/{spaceId}/join-packages: answers until when it can be taken, by the server's clock. */
export async function handleCreateJoinPackage(
	context: ServerContext,
	call: ApiCall,
	spaceId: SpaceId
): Promise<Response> {
	const body = await readBody(context, call, MAX_SEALED_PACKAGE_BYTES + MAX_CALL_BYTES);
	if (!body.ok) return body.error;
	const caller = await authenticateMember(context, call, spaceId, body.value);
	if (!caller.ok) return caller.error;
	const offer = parseJoinPackageOffer(body.value);
	if (!offer.ok) return problem('malformed-message');
	const { packageId, sealed, uses, validForMs } = offer.value;
	const nowMs = context.now();
	const expiresAt = nowMs + validForMs;
	const joinPackage = { packageHash: hashPackageId(packageId), spaceId, sealed, uses, expiresAt };
	await context.store.createJoinPackage(joinPackage, nowMs);
	return cbor(encodeJoinPackageAnswer(expiresAt), 201);
}

/** POST /api/v1/join-packages/{packageId}/take: signed by the new device's own key, which the body brings. */
export async function handleTakeJoinPackage(
	context: ServerContext,
	call: ApiCall,
	packageId: string
): Promise<Response> {
	const body = await readBody(context, call, MAX_CALL_BYTES);
	if (!body.ok) return body.error;
	const deviceKey = parseTakeOffer(body.value);
	if (!deviceKey.ok || !(await provesItself(deviceKey.value))) return problem('malformed-message');
	const { deviceId, publicKey } = deviceKey.value;
	const caller = await authenticate(context, call, body.value, (id) => (id === deviceId ? publicKey : null));
	if (!caller.ok) return caller.error;
	const packageHash = hashPackageId(packageId);
	const limits = [[context.takeLimit, call.address] as const, [context.packageLimit, packageHash] as const];
	const begunAt = context.now();
	const wait = Math.max(...limits.map(([limit, name]) => limit.waitFor(name, begunAt)));
	if (wait > 0) return problem('too-many-attempts', { retryAfterMs: wait });
	for (const [limit, name] of limits) limit.failed(name, begunAt);
	const taken = await context.store.takeJoinPackage(packageHash, deviceKey.value, context.now());
	if (!taken.ok) return problem(taken.error.type);
	for (const [limit, name] of limits) limit.forgive(name, begunAt);
	return cbor(encodeTaken({ spaceId: taken.value.spaceId, sealed: new Uint8Array(taken.value.sealed) }));
}

/** Package ids are kept as a hash: who reads the database cannot take a package. */
export const hashPackageId = (packageId: string): string =>
	createHash('sha256').update(`notschalter-join-package:${packageId}`).digest('hex');
