/** POST: is this our server, and what time does it have? */
import { handleHello } from '$lib/server/spaces';
import { answerEvent } from '$lib/server/api-call';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answerEvent(event, handleHello);
