/** POST: lays a space onto this server. */
import { apiCallOf } from '$lib/server/api-call';
import { runningServer } from '$lib/server/running';
import { handleFoundSpace } from '$lib/server/spaces';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => handleFoundSpace(runningServer(), apiCallOf(event));
