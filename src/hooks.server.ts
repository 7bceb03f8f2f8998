/** Start and stop of the server, one log line a call, and the frame around /api. Headers of pages and assets: scripts/serve.js. */
import { building } from '$app/environment';
import { framedAnswer, preflightAnswer } from '$lib/server/api-frame';
import { createLogger, errorFields } from '$lib/server/logger';
import { createGapWatch } from '$lib/server/gap-watch';
import { runningServer, startServer, stopServer } from '$lib/server/running';
import { parseSpaceId } from '$lib/domain/ids';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';

const logger = createLogger(building ? 'silent' : process.env.LOG_LEVEL?.trim() || 'info');

/** How scripts/serve.js learns what to print and how to end: it lies outside of the bundle. */
interface ServeHooks {
	notschalter?: {
		readonly notice: Awaited<ReturnType<typeof startServer>>;
		readonly stop: typeof stopServer;
		readonly log: { info(sentence: string): void; error(sentence: string): void };
	};
}

export const init: ServerInit = async () => {
	if (building) return;
	const notice = await startServer(process.env, logger);
	const log = {
		info: (sentence: string) => logger.info({}, sentence),
		error: (sentence: string) => logger.error({}, sentence)
	};
	(globalThis as ServeHooks).notschalter = { notice, stop: stopServer, log };
	logger.info({ hasSpaces: notice.hasSpaces }, 'started');
};

export const handle: Handle = async ({ event, resolve }) => {
	const { pathname } = event.url;
	if (building || !(pathname.startsWith('/api/') || pathname === '/api')) return resolve(event);
	if (event.request.method === 'OPTIONS') return preflightAnswer();
	const begunAt = performance.now();
	const answer = framedAnswer(await resolve(event));
	logger.info(
		{
			route: event.route.id,
			method: event.request.method,
			status: answer.status,
			ms: Math.round(performance.now() - begunAt)
		},
		'call'
	);
	if (answer.ok && event.params.spaceId) void tellGaps(event.params.spaceId);
	return answer;
};

let gapWatch: ReturnType<typeof createGapWatch> | null = null;

/** Operations that should be there and are not (SY12): ids and numbers, for whoever runs the server. */
async function tellGaps(id: string): Promise<void> {
	const spaceId = parseSpaceId(id);
	if (!spaceId.ok) return;
	try {
		const { store, now } = runningServer();
		gapWatch ??= createGapWatch(store, now);
		for (const gap of await gapWatch.look(spaceId.value)) logger.warn(gap, 'gap');
	} catch (error) {
		logger.error(errorFields(error), 'fault');
	}
}

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status !== 404) logger.error({ route: event.route.id, status, ...errorFields(error) }, 'fault');
	return { message: status === 404 ? 'Diese Seite gibt es nicht.' : 'Der Server hat einen Fehler gemacht.' };
};
