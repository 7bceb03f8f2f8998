/** GET: the database can be read and written; 503 otherwise. */
import { runningServer } from '$lib/server/running';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async () => {
	const headers = { 'cache-control': 'no-store' };
	const { store, storage, now } = runningServer();
	try {
		await store.probe(now());
		storage.worked();
		return Response.json({ status: 'ready' }, { headers });
	} catch (error) {
		const fault = storage.failed(error) ?? 'storage-fault';
		return Response.json({ status: fault }, { status: 503, headers });
	}
};
