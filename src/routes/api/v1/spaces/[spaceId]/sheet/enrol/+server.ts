/** POST: the Notfallblatt’s signature lets a new device in. */
import { parseSpaceId } from '$lib/domain/ids';
import { answerEvent } from '$lib/server/api-call';
import { problem } from '$lib/server/problem';
import { handleEnrolBySheet } from '$lib/server/sheet';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => {
	const spaceId = parseSpaceId(event.params.spaceId);
	return spaceId.ok
		? answerEvent(event, (context, call) => handleEnrolBySheet(context, call, spaceId.value))
		: problem('wrong-code');
};
