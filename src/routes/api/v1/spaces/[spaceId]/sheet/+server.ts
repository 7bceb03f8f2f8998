/** POST: a device with nothing but the Notfallblatt asks what its key must open. */
import { parseSpaceId } from '$lib/domain/ids';
import { answerEvent } from '$lib/server/api-call';
import { problem } from '$lib/server/problem';
import { handleSheetEntries } from '$lib/server/sheet';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => {
	const spaceId = parseSpaceId(event.params.spaceId);
	return spaceId.ok
		? answerEvent(event, (context, call) => handleSheetEntries(context, call, spaceId.value))
		: problem('wrong-code');
};
