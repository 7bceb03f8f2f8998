/** Whatever this machine is called and wherever it stands: its certificate names all of it, within the bounds of the authority. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostOf, hostsOf, isPrivateAddress, machineOf, originOf } from '../../scripts/lan/addresses.js';
import { issueServer, makeAuthority, mayIssue, names } from '../../scripts/lan/certificates.js';
import { openKey, sealKey } from '../../scripts/lan/sealed-key.js';

const QUICK = { N: 2, r: 1, p: 1 };
const byte = fc.integer({ min: 0, max: 255 });
const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/).filter((name) => name !== 'localhost');
const privateIpv4 = fc.oneof(
	fc.tuple(fc.constant('10'), byte, byte, byte),
	fc.tuple(fc.constant('192.168'), byte, byte),
	fc.tuple(fc.constant('172'), fc.integer({ min: 16, max: 31 }), byte, byte)
);
const address = fc.oneof(
	privateIpv4.map((parts) => parts.join('.')),
	fc
		.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 7, maxLength: 7 })
		.map((parts) => new URL(`http://[fd00:${parts.map((part) => part.toString(16)).join(':')}]`).hostname.slice(1, -1))
);
const machine = fc
	.record({ hostname: fc.array(label, { minLength: 1, maxLength: 3 }), addresses: fc.array(address, { maxLength: 6 }) })
	.map(({ hostname, addresses }) =>
		machineOf(hostname.join('.'), { eth0: addresses.map((one) => ({ address: one, internal: false })) })
	);

it('a certificate for a machine names each of its hosts, and Node finds it issued by the authority', () => {
	const nowMs = Date.now();
	fc.assert(
		fc.property(machine, (here) => {
			const authority = makeAuthority({ title: 'Notschalter', names: [...here.names, 'local', 'localhost'], nowMs });
			const hosts = hostsOf(here);
			const { certificate, privateKey } = issueServer(authority, { hosts, nowMs });
			expect(hosts.filter((host) => !mayIssue(authority.certificate, host))).toEqual([]);
			expect(hosts.filter((host) => !names(certificate, host))).toEqual([]);
			expect(certificate.checkIssued(authority.certificate)).toBe(true);
			expect(certificate.verify(authority.certificate.publicKey)).toBe(true);
			expect(certificate.checkPrivateKey(privateKey)).toBe(true);
		}),
		{ numRuns: 60 }
	);
});

it('each private address makes an address of the app, and is found in it again', () => {
	fc.assert(
		fc.property(address, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
			expect(isPrivateAddress(host)).toBe(true);
			const { hostname } = new URL(originOf(host, port));
			expect(originOf(hostOf(originOf(host, port)), port)).toBe(originOf(host, port));
			expect(hostname.length).toBeGreaterThan(0);
		})
	);
});

it('a sealed key opens with its passphrase, however its letters are composed, and with no other', async () => {
	const { privateKey } = makeAuthority({ title: 'x', names: ['x'], nowMs: Date.now() });
	await fc.assert(
		fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), async (passphrase, other) => {
			const sealed = await sealKey(privateKey, passphrase.normalize('NFC'), QUICK);
			expect((await openKey(sealed, passphrase.normalize('NFD')))?.equals(privateKey)).toBe(true);
			if (other.normalize('NFC') !== passphrase.normalize('NFC')) expect(await openKey(sealed, other)).toBeNull();
		})
	);
});
