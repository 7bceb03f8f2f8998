/** One port for both ways to call, the page for those who do not trust yet, and the watch over a machine that moves. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { issueServer, makeAuthority, names } from '../../../scripts/lan/certificates.js';
import { createFront } from '../../../scripts/lan/front.js';
import { prepareLan } from '../../../scripts/lan/prepare.js';
import { createTlsFiles } from '../../../scripts/lan/tls-files.js';
import { createTrustAnswerer } from '../../../scripts/lan/trust-answer.js';
import { watchMachine } from '../../../scripts/lan/watch.js';
import { aFolder, aMachine, aTypist, NOW_MS } from '../../support/lan-files';

const authority = makeAuthority({ title: 'Notschalter hub', names: ['localhost'], nowMs: Date.now() });
const { certificate, privateKey } = issueServer(authority, { hosts: ['localhost', '127.0.0.1'], nowMs: Date.now() });
const ORIGIN = 'https://10.20.30.5:4780';

async function openFront() {
	const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
	const answerSecure = (_: unknown, response: http.ServerResponse) => response.end('the app');
	const secure = https.createServer({ cert: certificate.toString(), key }, answerSecure);
	const parts = { origin: ORIGIN, isOriginGone: false, authority: authority.certificate };
	const front = createFront(secure, http.createServer(createTrustAnswerer(parts)));
	front.listen(0, '127.0.0.1');
	await once(front, 'listening');
	onTestFinished(() => {
		front.closeAllConnections();
		front.close();
	});
	return { front, secure, port: (front.address() as AddressInfo).port };
}

async function get(
	url: string,
	options: https.RequestOptions = {}
): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }> {
	const request = (url.startsWith('https') ? https : http).request(url, {
		agent: false,
		ca: authority.certificate.toString(),
		...options
	});
	request.end();
	const [response] = (await once(request, 'response')) as [http.IncomingMessage];
	const body = Buffer.concat(await response.toArray());
	return { status: response.statusCode!, headers: response.headers, body };
}

describe('the front', () => {
	it('gives the app to those who come by TLS and the page to the others, on one port', async () => {
		const { port } = await openFront();
		expect((await get(`https://localhost:${port}/`)).body.toString()).toBe('the app');
		expect((await get(`http://localhost:${port}/`)).body.toString()).toContain('Diesem Server vertrauen');
	});

	it('shows a renewed certificate without being started anew', async () => {
		const { secure, port } = await openFront();
		const renewed = issueServer(authority, { hosts: ['localhost'], nowMs: Date.now() });
		const key = renewed.privateKey.export({ type: 'pkcs8', format: 'pem' });
		secure.setSecureContext({ cert: renewed.certificate.toString(), key });
		const line = tls.connect({
			host: '127.0.0.1',
			port,
			servername: 'localhost',
			ca: authority.certificate.toString()
		});
		await once(line, 'secureConnect');
		expect(line.getPeerX509Certificate()?.fingerprint256).toBe(renewed.certificate.fingerprint256);
		line.destroy();
	});

	it('takes so many lines and no more', async () => {
		const { front, port } = await openFront();
		expect(front.maxConnections).toBe(4_000);
		front.maxConnections = 1;
		const first = net.connect(port, '127.0.0.1');
		await once(first, 'connect');
		const second = net.connect(port, '127.0.0.1');
		await once(second, 'close');
		first.destroy();
	});

	it('bears those who say nothing, half a word, or go away', async () => {
		const { front, port } = await openFront();
		for (const word of ['', '\u0016', 'GE', '\u0016\u0003\u0001\u0000\u0005hello']) {
			const socket = net.connect(port, '127.0.0.1');
			await once(socket, 'connect');
			if (word) socket.write(word);
			socket.resetAndDestroy();
		}
		const silent = net.connect(port, '127.0.0.1');
		await once(silent, 'connect');
		expect((await get(`https://localhost:${port}/`)).status).toBe(200);
		// It ends although somebody has said nothing yet.
		const closed = new Promise((resolve) => front.close(resolve));
		const gone = once(silent, 'close');
		front.closeIdleConnections();
		await Promise.all([closed, gone]);
	});
});

describe('without TLS', () => {
	const ask = async (path: string, options?: https.RequestOptions) =>
		get(`http://localhost:${(await openFront()).port}${path}`, options);

	it('the root certificate is offered in three forms, all of them the same', async () => {
		const crt = await ask('/notschalter-ca.crt');
		expect(crt.body).toEqual(authority.certificate.raw);
		expect(crt.headers['content-type']).toBe('application/x-x509-ca-cert');
		expect(createHash('sha256').update(crt.body).digest('hex').toUpperCase()).toBe(
			authority.certificate.fingerprint256.replaceAll(':', '')
		);
		expect((await ask('/notschalter-ca.pem')).body.toString()).toBe(authority.certificate.toString());
		const profile = await ask('/notschalter-ca.mobileconfig');
		expect(profile.headers['content-type']).toBe('application/x-apple-aspen-config');
		const [, data] = /<data>([^<]+)<\/data>/.exec(profile.body.toString())!;
		expect(Buffer.from(data!, 'base64')).toEqual(authority.certificate.raw);
		expect(profile.body.toString().match(/<string>[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}<\/string>/g)).toHaveLength(
			2
		);
	});

	it('the page needs no script and nothing from elsewhere, and its policy allows its own style alone', async () => {
		const { body, headers } = await ask('/');
		const html = body.toString();
		expect(html).not.toMatch(/<script|\son\w+=|\sstyle=/);
		for (const [, address] of html.matchAll(/(?:href|src)="([^"]*)"/g))
			expect(address).toMatch(new RegExp(`^(/notschalter-ca|${ORIGIN}/)`));
		const [, style] = /<style>([^]*?)<\/style>/.exec(html)!;
		const hash = createHash('sha256').update(style!).digest('base64');
		expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
		expect(headers['content-security-policy']).toContain("default-src 'none'");
		expect(html.replaceAll('<wbr>', '')).toContain(authority.certificate.fingerprint256);
		expect(html.replaceAll('<wbr>', '')).toContain(authority.certificate.fingerprint);
	});

	it('every other address leads to the page, nothing is taken, and nothing of the app is there', async () => {
		for (const path of ['/anliegen/neu?x=1', '/api/v1/spaces', '/../../etc/passwd', '/%00', '/_app/x.js'])
			expect(await ask(path)).toMatchObject({ status: 302, headers: { location: '/' } });
		expect(await ask('/', { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
		expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: Buffer.alloc(0) });
	});
});

describe('the watch', () => {
	const PASSPHRASE = 'sieben Gänse am Teich';

	async function begun(canRenew: boolean, later = PASSPHRASE) {
		vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
		onTestFinished(() => void vi.useRealTimers());
		const typist = aTypist('environment', PASSPHRASE, ...Array<string>(9).fill(later));
		const around = {
			dataDir: aFolder(),
			port: 4780,
			givenOrigin: null,
			passphrases: typist,
			nowMs: NOW_MS,
			cost: { N: 2, r: 1, p: 1 }
		};
		let machine = aMachine('10.0.0.5');
		await prepareLan({ ...around, machine });
		const said: string[] = [];
		const renewed = vi.fn();
		const parts = {
			look: () => ({ ...around, machine }),
			canRenew,
			renewed,
			say: (line: string) => void said.push(line)
		};
		onTestFinished(watchMachine({ ...parts, everyMs: 10 }));
		const tick = async () => {
			vi.advanceTimersByTime(10);
			// What it does meanwhile is done by real threads.
			await new Promise((resolve) => setTimeout(resolve, 150));
		};
		return {
			said,
			renewed,
			tick,
			passphrases: typist,
			files: createTlsFiles(around.dataDir),
			move: (...to: string[]) => void (machine = aMachine(...to)),
			rename: (name: string) => void (machine = { ...machine, names: [`${name}.local`, name] })
		};
	}

	it('is silent while all fits, and says once what a restart would mend', async () => {
		const { said, renewed, tick, move } = await begun(false);
		await tick();
		expect(said).toEqual([]);
		move('10.0.0.5', '192.168.7.9');
		await tick();
		await tick();
		expect(said).toHaveLength(1);
		expect(said[0]).toMatch(/nennt 192\.168\.7\.9 noch nicht.*neu starten/s);
		move('10.0.0.5');
		await tick();
		move('10.0.0.5', '192.168.7.9');
		await tick();
		expect(said).toHaveLength(2);
		expect(renewed).not.toHaveBeenCalled();
	});

	it('says nothing of a name that the authority may not issue', async () => {
		const { said, tick, rename, renewed } = await begun(false);
		rename('ersatz');
		await tick();
		await tick();
		expect(said).toEqual([expect.stringMatching(/nennt ersatz\.local noch nicht/)]);
		expect(renewed).not.toHaveBeenCalled();
	});

	it('tries a passphrase that does not fit once, and says so', async () => {
		const { said, renewed, tick, move, passphrases } = await begun(true, 'eine andere Passphrase');
		move('10.0.0.5', '192.168.7.9');
		await vi.waitFor(async () => {
			await tick();
			expect(said).toHaveLength(1);
		}, 20_000);
		const asked = passphrases.prompts.length;
		await tick();
		await tick();
		expect(passphrases.prompts).toHaveLength(asked);
		expect(said).toEqual([expect.stringMatching(/läuft mit dem bisherigen Zertifikat weiter/)]);
		expect(renewed).not.toHaveBeenCalled();
	});

	it('renews by itself where the passphrase is at hand', async () => {
		const { said, renewed, tick, move, files } = await begun(true);
		move('10.0.0.5', '192.168.7.9');
		await vi.waitFor(async () => {
			await tick();
			expect(renewed).toHaveBeenCalledOnce();
		}, 20_000);
		expect(names(files.readServer()!.certificate, '192.168.7.9')).toBe(true);
		expect(said).toEqual(['Das Zertifikat wurde erneuert.']);
	});
});
