/** POST: a device with nothing but the Notfallblatt asks what its key must open. */
import { parseSpaceId } from '$lib/domain/ids';
import { apiCallOf } from '$lib/server/api-call';
import { problem } from '$lib/server/problem';
import { runningServer } from '$lib/server/running';
import { handleSheetEntries } from '$lib/server/sheet';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => {
	const spaceId = parseSpaceId(event.params.spaceId);
	return spaceId.ok ? handleSheetEntries(runningServer(), apiCallOf(event), spaceId.value) : problem('wrong-code');
};
