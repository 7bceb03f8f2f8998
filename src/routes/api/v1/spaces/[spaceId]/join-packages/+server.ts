/** POST: a device of the space leaves a sealed package for new ones. */
import { parseSpaceId } from '$lib/domain/ids';
import { apiCallOf } from '$lib/server/api-call';
import { handleCreateJoinPackage } from '$lib/server/joining';
import { problem } from '$lib/server/problem';
import { runningServer } from '$lib/server/running';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => {
	const spaceId = parseSpaceId(event.params.spaceId);
	return spaceId.ok
		? handleCreateJoinPackage(runningServer(), apiCallOf(event), spaceId.value)
		: problem('not-found');
};
