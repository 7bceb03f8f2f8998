/** The built server with a certificate: https alone, HSTS, and one name. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ServerProcess } from '../e2e/server-process';
import { selfSigned } from '../support/self-signed';
import { ensureBuild } from './built-server';

let place: ServerProcess;
let child: ChildProcess;
let port: string;

beforeAll(async () => {
	await ensureBuild();
	place = await ServerProcess.create();
	port = new URL(place.origin).port;
	const folder = path.join(place.dataDir, 'tls');
	mkdirSync(folder, { recursive: true });
	const { cert, key } = selfSigned('localhost');
	const files = { TLS_CERT: path.join(folder, 'cert.pem'), TLS_KEY: path.join(folder, 'key.pem') };
	writeFileSync(files.TLS_CERT, cert);
	writeFileSync(files.TLS_KEY, key);
	child = spawn(process.execPath, ['scripts/serve.js'], {
		env: { PATH: process.env.PATH, PORT: port, DATA_DIR: place.dataDir, ...files },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	for await (const chunk of child.stdout!) if (String(chunk).includes('Notschalter läuft')) break;
}, 300_000);

afterAll(async () => {
	const gone = once(child, 'exit');
	child.kill('SIGTERM');
	await gone;
	await place.dispose();
});

async function get(host: string, target: string): Promise<IncomingMessage> {
	const options = { host: '127.0.0.1', port, path: target, headers: { host }, rejectUnauthorized: false };
	const request = https.get({ ...options, servername: 'localhost' });
	const [response] = (await once(request, 'response')) as [IncomingMessage];
	response.resume();
	return response;
}

it('serves over https and tells browsers to stay there', async () => {
	const response = await get(`localhost:${port}`, '/anliegen/abc');
	expect(response.statusCode).toBe(200);
	expect(response.headers['strict-transport-security']).toMatch(/^max-age=\d{7,}$/);
	expect(response.headers['content-type']).toMatch(/text\/html/);
});

it('sends other names to its address, with the path', async () => {
	const response = await get(`notschalter.intern:${port}`, '/anliegen?x=1');
	expect(response.statusCode).toBe(308);
	expect(response.headers.location).toBe(`https://localhost:${port}/anliegen?x=1`);
});

it('says nothing over plain http', async () => {
	await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow();
});
