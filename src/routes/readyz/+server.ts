/** GET: the database can be read and written; 503 otherwise. */
import { runningServer } from '$lib/server/running';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async () => {
	const status = await runningServer().probe();
	return Response.json(
		{ status },
		{ status: status === 'ready' ? 200 : 503, headers: { 'cache-control': 'no-store' } }
	);
};
