/** POST: is this our server, and what time does it have? */
import { runningServer } from '$lib/server/running';
import { handleHello } from '$lib/server/spaces';
import { apiCallOf } from '$lib/server/api-call';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => handleHello(runningServer(), apiCallOf(event));
