/** POST: lays a space onto this server. */
import { answerEvent } from '$lib/server/api-call';
import { handleFoundSpace } from '$lib/server/spaces';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answerEvent(event, handleFoundSpace);
