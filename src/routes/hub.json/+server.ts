/** GET: the state of this server, for whoever looks after it. See docs/hub.md. */
import { answerHub } from '$lib/server/hub';
import { runningServer } from '$lib/server/running';
import { version } from '../../../package.json';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, getClientAddress, platform }) =>
	answerHub(runningServer(), {
		headers: request.headers,
		address: getClientAddress(),
		incoming: platform?.req,
		version,
		as: 'json'
	});
