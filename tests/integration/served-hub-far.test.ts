/** The status page seen from another address than the loopback, in a network of its own: over TLS by the code, over plain http not at all. */
import { execFile } from 'node:child_process';
import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { LanServer, PASSPHRASE } from '../support/lan-server';
import { NetworkNamespace } from '../support/network-namespace';
import { ensureBuild } from './built-server';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(ensureBuild, 300_000);

const ADDRESS = '10.20.30.5';
const HUB_CODE = '7KXM-0RT4-9HQ2';

let network: NetworkNamespace;
let server: LanServer;
beforeEach(async () => (network = await NetworkNamespace.create(`${ADDRESS}/24`)));
afterEach(async () => {
	await server.dispose();
	await network.dispose();
});

interface Answer {
	fault?: string;
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

async function ask(url: string, code: string | null, ca?: string, more: Record<string, string> = {}): Promise<Answer> {
	const authorization = code === null ? {} : { authorization: `Basic ${Buffer.from(`x:${code}`).toString('base64')}` };
	const headers = { ...authorization, ...more };
	const [program, ...args] = network.command(process.execPath, 'tests/support/ask-from-within.js');
	const { stdout } = await promisify(execFile)(program, [...args, JSON.stringify({ url, ca, headers })]);
	return JSON.parse(stdout) as Answer;
}

async function serve(args: readonly string[], environment: Record<string, string>): Promise<void> {
	server = await LanServer.create(network, args);
	expect(await server.start(environment), server.output).toBe(true);
}

it('opens over TLS by the code alone, and waits after ten wrong ones', async () => {
	await serve(['--lan'], { CA_PASSPHRASE: PASSPHRASE, HUB_CODE });
	const ca = server.authority;
	const hub = (code: string | null, target = '/hub.json') => ask(`https://${ADDRESS}:4780${target}`, code, ca);
	const asked = await hub(null);
	expect(asked.status).toBe(401);
	expect(asked.headers['www-authenticate']).toMatch(/^Basic /);
	expect(asked.body).not.toContain('concerns');
	const seen = await hub(HUB_CODE);
	expect(seen.status).toBe(200);
	expect(JSON.parse(seen.body)).toMatchObject({ storage: 'ready', certificate: { daysLeft: expect.any(Number) } });
	// As somebody types it.
	expect(await hub('7kxm 0rt4 9hq2', '/hub')).toMatchObject({ status: 200, body: expect.stringContaining('<h1') });
	for (let wrong = 0; wrong < 10; wrong++) expect((await hub('7KXM-0RT4-9HQ3')).status).toBe(401);
	expect((await hub('7KXM-0RT4-9HQ3')).status).toBe(429);
	expect((await hub(HUB_CODE)).status).toBe(429);
	expect(server.output).not.toContain(HUB_CODE);
});

it('is shut over TLS where no code is set', async () => {
	await serve(['--lan'], { CA_PASSPHRASE: PASSPHRASE });
	for (const code of [null, HUB_CODE])
		expect((await ask(`https://${ADDRESS}:4780/hub`, code, server.authority)).status).toBe(403);
	expect((await ask('https://localhost:4780/hub', null, server.authority)).status).toBe(200);
});

it('believes nobody who says where he comes from, whatever the environment tells the framework', async () => {
	await serve(['--lan'], { CA_PASSPHRASE: PASSPHRASE, ADDRESS_HEADER: 'x-client', HOST_HEADER: 'x-host' });
	const lie = { host: 'localhost:4780', 'x-client': '127.0.0.1', 'x-host': 'localhost:4780' };
	expect((await ask(`https://${ADDRESS}:4780/hub`, null, server.authority, lie)).status).toBe(403);
});

it('is shut over plain http, also with the code', async () => {
	await serve([], { HOST: '0.0.0.0', HUB_CODE });
	for (const code of [null, HUB_CODE]) expect((await ask(`http://${ADDRESS}:4780/hub`, code)).status).toBe(403);
	expect((await ask('http://localhost:4780/hub', null)).status).toBe(200);
});
