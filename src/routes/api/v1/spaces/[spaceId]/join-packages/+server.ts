/** POST: a device of the space leaves a sealed package for new ones. */
import { parseSpaceId } from '$lib/domain/ids';
import { answerEvent } from '$lib/server/api-call';
import { handleCreateJoinPackage } from '$lib/server/joining';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => {
	const spaceId = parseSpaceId(event.params.spaceId);
	return spaceId.ok
		? answerEvent(event, (context, call) => handleCreateJoinPackage(context, call, spaceId.value))
		: problem('not-found');
};
