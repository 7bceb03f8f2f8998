/** A file of the build that cannot be read to its end: whoever asked notices, and the server lives on. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createAnswerer } from '../../../scripts/answer.js';
import { aFolder } from '../../support/lan-files';

it('cuts the line of who asked for it, says so without a path, and answers the next', async () => {
	const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	onTestFinished(() => complaint.mockRestore());
	const gone = path.join(aFolder(), 'gone.js');
	const answer = createAnswerer({
		config: { origin: 'http://127.0.0.1', tls: null, lan: null, isOriginGone: false },
		build: { files: new Set(['/gone.js', '/here.js']), contentSecurityPolicy: "default-src 'none'" },
		// As the handler of the bundle does: a status by what it knew at its start, then the file.
		handler: (request, response) => {
			response.writeHead(200, { 'content-length': 5 });
			if (request.url === '/gone.js') createReadStream(gone).pipe(response);
			else response.end('here!');
		}
	});
	const server = http.createServer(answer).listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	const ask = async (target: string) => {
		const request = http.get({ port, host: '127.0.0.1', path: target, agent: false, headers: { host: '127.0.0.1' } });
		const [response] = (await once(request, 'response')) as [http.IncomingMessage];
		return Buffer.concat(await response.toArray()).toString();
	};
	await expect(ask('/gone.js')).rejects.toThrow();
	expect(await ask('/here.js')).toBe('here!');
	expect(complaint.mock.calls.flat()).toEqual([expect.stringMatching(/lässt sich nicht lesen \(ENOENT\)/)]);
});
