/** POST: one exchange. Takes an offer, answers an answer or a problem (RFC 9457). */
import { parseSpaceId } from '$lib/domain/ids';
import { answerEvent } from '$lib/server/api-call';
import { handleExchange } from '$lib/server/exchange';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => {
	const spaceId = parseSpaceId(event.params.spaceId);
	return spaceId.ok
		? answerEvent(event, (context, call) => handleExchange(context, call, spaceId.value))
		: problem('not-found');
};
