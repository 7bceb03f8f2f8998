/** What answers in place of the server in a hotel's WLAN: 200 and its own page, whatever was asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Listens where the server did; the server must be gone. */
export async function openCaptivePortal(origin: string): Promise<{ close(): Promise<void> }> {
	const portal = createServer((request, response) => {
		request.resume();
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
		response.end('<!doctype html><title>WLAN</title><h1>Willkommen! Bitte anmelden.</h1>');
	});
	portal.listen(Number(new URL(origin).port), '127.0.0.1');
	await once(portal, 'listening');
	return {
		close: async () => {
			portal.closeAllConnections();
			portal.close();
			await once(portal, 'close');
		}
	};
}
