/** GET: the database can be read and written; 503 otherwise. */
import { runningServer } from '$lib/server/running';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async () => {
	const headers = { 'cache-control': 'no-store' };
	try {
		const { store, now } = runningServer();
		await store.probe(now());
		return Response.json({ status: 'ready' }, { headers });
	} catch {
		return Response.json({ status: 'database-fault' }, { status: 503, headers });
	}
};
