/** Certificates of the LAN mode: whole for Node’s own verifier and its TLS, and bounded. */
import { createHash, type X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fingerprintsOf, issueServer, makeAuthority, mayIssue, names } from '../../../scripts/lan/certificates.js';
import { DAY_MS } from '../../support/lan-files';

const nowMs = Date.now();
const authority = makeAuthority({ title: 'Notschalter hub', names: ['hub', 'local', 'localhost'], nowMs });
const HOSTS = ['hub.local', 'hub', 'localhost', '10.20.30.5', 'fd00:7::9', '127.0.0.1', '::1'];
const server = issueServer(authority, { hosts: HOSTS, nowMs });

/** Shakes hands with a server that shows `issued`, as somebody who asked for `name`. → the fault, or null. */
async function shakeHands(issued: typeof server, name: string, ca: X509Certificate): Promise<string | null> {
	const listening = tls.createServer({
		cert: issued.certificate.toString(),
		key: issued.privateKey.export({ type: 'pkcs8', format: 'pem' })
	});
	listening.on('tlsClientError', () => undefined);
	listening.listen(0, '127.0.0.1');
	await once(listening, 'listening');
	onTestFinished(() => void listening.close());
	const { port } = listening.address() as AddressInfo;
	const isName = !/[:]|^\d/.test(name);
	const line = tls.connect({ host: '127.0.0.1', port, ca: ca.toString(), ...(isName && { servername: name }) });
	return new Promise((resolve) => {
		line.once('secureConnect', () => {
			line.destroy();
			resolve(null);
		});
		line.once('error', (error: NodeJS.ErrnoException) =>
			resolve(error.code === 'UNSPECIFIED' ? error.message : (error.code ?? error.message))
		);
	});
}

describe('the authority', () => {
	it('signs itself, says that it is one, and lasts ten years', () => {
		const { certificate } = authority;
		expect(certificate.verify(certificate.publicKey)).toBe(true);
		expect(certificate.ca).toBe(true);
		expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
		expect(certificate.checkPrivateKey(authority.privateKey)).toBe(true);
		const years = (Date.parse(certificate.validTo) - nowMs) / DAY_MS / 365;
		expect(years).toBeGreaterThan(9.9);
		expect(years).toBeLessThan(10.1);
	});

	it('may speak for its own names and private addresses, and for nobody else', () => {
		for (const host of [...HOSTS, 'other.local', '192.168.1.1', '172.31.255.255', '169.254.1.1'])
			expect([host, mayIssue(authority.certificate, host)]).toEqual([host, true]);
		for (const host of ['bank.example', 'notlocal', 'xhub', '8.8.8.8', '172.32.0.1', '2001:db8::1', 'fe80::1'])
			expect([host, mayIssue(authority.certificate, host)]).toEqual([host, false]);
	});

	it('has the fingerprint that programs of the operating system show for its file', () => {
		const hash = (algorithm: string) =>
			createHash(algorithm).update(authority.certificate.raw).digest('hex').toUpperCase().match(/../g)!.join(':');
		expect(fingerprintsOf(authority.certificate)).toEqual({ sha256: hash('sha256'), sha1: hash('sha1') });
	});
});

describe('the server’s certificate', () => {
	it('is issued by the authority for all its hosts, and is no authority', () => {
		const { certificate } = server;
		expect(certificate.checkIssued(authority.certificate)).toBe(true);
		expect(certificate.verify(authority.certificate.publicKey)).toBe(true);
		expect(certificate.ca).toBe(false);
		for (const host of HOSTS) expect([host, names(certificate, host)]).toEqual([host, true]);
		for (const host of ['hub2', '10.20.30.6', 'fd00:7::8', 'a.hub.local'])
			expect([host, names(certificate, host)]).toEqual([host, false]);
		expect(server.certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
	});

	it('holds 397 days, lets in clocks that are a month late, and does not outlive its authority', () => {
		expect(Math.round((Date.parse(server.certificate.validTo) - nowMs) / DAY_MS)).toBe(397);
		expect(Math.round((nowMs - Date.parse(server.certificate.validFrom)) / DAY_MS)).toBe(365);
		const late = issueServer(authority, { hosts: ['hub'], nowMs: nowMs + 3_600 * DAY_MS });
		expect(late.certificate.validTo).toBe(authority.certificate.validTo);
	});

	it('has a key and a number of its own each time', () => {
		const again = issueServer(authority, { hosts: HOSTS, nowMs });
		expect(again.certificate.serialNumber).not.toBe(server.certificate.serialNumber);
		expect(again.certificate.publicKey.equals(server.certificate.publicKey)).toBe(false);
	});

	it.each(['localhost', 'hub', 'hub.local', '127.0.0.1'])('is taken by a client that asked for %s', async (name) => {
		expect(await shakeHands(server, name, authority.certificate)).toBeNull();
	});

	it('is refused for another name, and under another authority', async () => {
		expect(await shakeHands(server, 'bank.example', authority.certificate)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
		const other = makeAuthority({ title: 'Notschalter hub', names: ['hub', 'local', 'localhost'], nowMs });
		expect(await shakeHands(server, 'localhost', other.certificate)).toMatch(/SIGNATURE|UNABLE|SELF_SIGNED/);
	});

	it('is refused by clients when the stolen key of the authority speaks for a bank', async () => {
		const forged = issueServer(authority, { hosts: ['bank.example'], nowMs });
		expect(await shakeHands(forged, 'bank.example', authority.certificate)).toBe('permitted subtree violation');
		const mixed = issueServer(authority, { hosts: ['localhost', '8.8.8.8'], nowMs });
		expect(await shakeHands(mixed, 'localhost', authority.certificate)).toBe('permitted subtree violation');
	});

	it('is refused when it issues a further certificate', async () => {
		const below = issueServer(server, { hosts: ['localhost'], nowMs });
		expect(await shakeHands(below, 'localhost', authority.certificate)).not.toBeNull();
	});

	it('is refused when its time is over', async () => {
		const old = issueServer(authority, { hosts: ['localhost'], nowMs: nowMs - 400 * DAY_MS });
		expect(await shakeHands(old, 'localhost', authority.certificate)).toBe('CERT_HAS_EXPIRED');
	});
});
