/** One exchange: takes in what verifies, names what does not, and answers with what the caller lacks (DESIGN § 4). */
import { claimedDeviceOf } from '$lib/crypto/device-token';
import type { SpaceId } from '$lib/domain/ids';
import { MAX_MESSAGE_BYTES } from '$lib/sync/protocol';
import { readBody, tokenOf, type ApiCall, type ServerContext } from './endpoint';
import { problem } from './problem';

/** POST /api/v1/spaces/{spaceId}/exchange: an offer in, an answer or a problem out. */
export async function handleExchange(context: ServerContext, call: ApiCall, spaceId: SpaceId): Promise<Response> {
	const token = tokenOf(call);
	const body = await readBody(context, call, MAX_MESSAGE_BYTES);
	if (!body.ok) return body.error;
	if (!token) return problem('unsigned');
	// Not proven yet: it only says whose turn the call takes.
	const owner = claimedDeviceOf(token) ?? call.address;
	const waiting = { call, spaceId, body: body.value, sizeBytes: body.value.length };
	const answered = await context.exchanges.submit(owner, waiting);
	return answered.ok ? answered.value : context.overload.refusal();
}
