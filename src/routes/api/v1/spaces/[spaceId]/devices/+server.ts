/** POST: a device of the space vouches for others. */
import { parseSpaceId } from '$lib/domain/ids';
import { answerEvent } from '$lib/server/api-call';
import { handleDevices } from '$lib/server/spaces';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => {
	const spaceId = parseSpaceId(event.params.spaceId);
	return spaceId.ok
		? answerEvent(event, (context, call) => handleDevices(context, call, spaceId.value))
		: problem('not-found');
};
