/** The built server in its LAN mode on real addresses, in a network of its own: trusted, moved, without a passphrase, with ports taken. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LanServer, PASSPHRASE } from '../support/lan-server';
import { NetworkNamespace } from '../support/network-namespace';
import { ensureBuild } from './built-server';

const ADDRESS = '10.20.30.5';
const ORIGIN = `https://${ADDRESS}:4780`;

let network: NetworkNamespace;
let hub: LanServer;
beforeAll(ensureBuild, 300_000);
beforeEach(async () => {
	network = await NetworkNamespace.create(`${ADDRESS}/24`, 'fd00:30::5/64');
	hub = await LanServer.create(network);
});
afterEach(async () => {
	await hub.dispose();
	await network.dispose();
});

interface Answer {
	fault?: string;
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

async function ask(url: string, how: { ca?: string; host?: string; method?: string } = {}): Promise<Answer> {
	const [program, ...args] = network.command(process.execPath, 'tests/support/ask-from-within.js');
	const { stdout } = await promisify(execFile)(program, [...args, JSON.stringify({ url, ...how })], {
		maxBuffer: 16 * 1024 * 1024
	});
	return JSON.parse(stdout) as Answer;
}

const started = async (environment: Record<string, string> = { CA_PASSPHRASE: PASSPHRASE }) =>
	expect(await hub.start(environment), hub.output).toBe(true);

describe('the hub', () => {
	it('is reached and trusted at each of its addresses, and leads all of them to one', async () => {
		await started();
		const ca = hub.authority;
		expect(hub.output).toContain(`Notschalter läuft:  ${ORIGIN}`);
		expect(hub.output).toContain(`http://${ADDRESS}:4781`);
		expect(hub.output).toMatch(/SHA-256 {2}([0-9A-F]{2}:){15}/);
		expect(hub.output).toMatch(/[█▀▄]{20}/);
		const shell = await ask(`${ORIGIN}/anliegen`, { ca });
		expect(shell).toMatchObject({ status: 200, headers: { 'content-type': expect.stringMatching(/html/) } });
		// It would shut the page for new counters, which is on the same name without TLS.
		expect(shell.headers['strict-transport-security']).toBeUndefined();
		for (const host of ['[fd00:30::5]', 'localhost', '127.0.0.1'])
			expect(await ask(`https://${host}:4780/termine`, { ca })).toMatchObject({
				status: 308,
				headers: { location: `${ORIGIN}/termine` }
			});
		expect(await ask(`https://[fd00:30::5]:4780/readyz`, { ca })).toMatchObject({ status: 200 });
		expect(await ask(ORIGIN)).toMatchObject({ fault: expect.stringMatching(/UNABLE|SELF_SIGNED/) });
	});

	it('gives nothing but the page for new counters to those who come without TLS', async () => {
		await started();
		for (const url of [`http://${ADDRESS}:4781/`, `http://${ADDRESS}:4780/`, 'http://[fd00:30::5]:4781/'])
			expect(await ask(url)).toMatchObject({ status: 200, body: expect.stringContaining('Diesem Server vertrauen') });
		for (const target of ['/api/v1/spaces', '/healthz', '/service-worker.js', '/anliegen'])
			expect(await ask(`http://${ADDRESS}:4780${target}`)).toMatchObject({ status: 302, headers: { location: '/' } });
		const pem = await ask(`http://${ADDRESS}:4781/notschalter-ca.pem`);
		expect(pem.body).toBe(hub.authority);
	});

	it('starts again without a passphrase, also after it was killed', async () => {
		await started();
		const before = hub.authority;
		await hub.end('SIGKILL');
		await started({});
		expect(hub.authority).toBe(before);
		expect(hub.output).not.toMatch(/ACHTUNG|Passphrase/);
		expect(await ask(`${ORIGIN}/readyz`, { ca: before })).toMatchObject({ status: 200 });
		expect(await hub.end('SIGTERM')).toBe(0);
		expect(readdirSync(path.join(hub.dataDir, 'tls')).sort()).toEqual(['address.json', 'authority.json', 'server.pem']);
	});

	it('is renewed at another address, goes on answering the API there, and says where its app is', async () => {
		await started();
		const ca = hub.authority;
		await hub.end('SIGKILL');
		network.setAddresses('192.168.7.9/24');
		await started({});
		expect(hub.output).toContain('nennt 192.168.7.9 noch nicht');
		expect(await ask('https://192.168.7.9:4780/readyz', { ca })).toMatchObject({
			fault: 'ERR_TLS_CERT_ALTNAME_INVALID'
		});
		await hub.end('SIGKILL');
		await started();
		expect(hub.output).toContain(`${ORIGIN} gehört nicht mehr zu diesem Rechner`);
		expect(hub.output).toContain('http://192.168.7.9:4781');
		expect(await ask('https://192.168.7.9:4780/readyz', { ca })).toMatchObject({ status: 200 });
		expect(await ask('https://192.168.7.9:4780/', { ca })).toMatchObject({
			status: 503,
			body: expect.stringContaining(ORIGIN)
		});
		await hub.end('SIGKILL');
		await started({ ORIGIN: 'https://192.168.7.9:4780' });
		expect(hub.output).toContain('war bisher');
		expect(await ask('https://192.168.7.9:4780/', { ca })).toMatchObject({ status: 200 });
	});

	it('does not start without a passphrase on the first day, with a wrong ORIGIN, or where a port is taken', async () => {
		expect(await hub.start()).toBe(false);
		expect(hub.output).toMatch(/CA_PASSPHRASE_FILE/);
		expect(readdirSync(hub.dataDir)).toEqual([]);
		expect(await hub.start({ CA_PASSPHRASE: PASSPHRASE, ORIGIN: 'https://8.8.8.8:4780' })).toBe(false);
		expect(hub.output).toMatch(/darf die Zertifizierungsstelle/);
		for (const port of ['4780', '4781']) {
			const [program, ...args] = network.command(process.execPath, '-e');
			const script = `require('node:net').createServer().listen(${port}, () => console.log('held'))`;
			const holder = spawn(program, [...args, script], { stdio: ['ignore', 'pipe', 'inherit'] });
			await once(holder.stdout, 'data');
			expect(await hub.start({ CA_PASSPHRASE: PASSPHRASE })).toBe(false);
			expect(hub.output).toMatch(new RegExp(`Port ${port} ist belegt`));
			const gone = once(holder, 'exit');
			holder.kill();
			await gone;
		}
		expect(hub.output).not.toMatch(/ at .*\.js/);
	});

	it('says in a sentence when its folder cannot be written', async () => {
		writeFileSync(path.join(hub.dataDir, 'tls'), 'a file where a folder should be');
		expect(await hub.start({ CA_PASSPHRASE: PASSPHRASE })).toBe(false);
		expect(hub.output).toMatch(/lassen sich die Zertifikate nicht lesen oder schreiben \(E[A-Z]+\)/);
	});
});
