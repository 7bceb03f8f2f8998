/** POST: a new device takes a join package; one use is counted for it. */
import { answerEvent } from '$lib/server/api-call';
import { handleTakeJoinPackage } from '$lib/server/joining';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => {
	const { packageId } = event.params;
	return /^[0-9a-f]{32}$/.test(packageId)
		? answerEvent(event, (context, call) => handleTakeJoinPackage(context, call, packageId))
		: problem('wrong-code');
};
