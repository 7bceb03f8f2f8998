/** What is said of a certificate that the server is given: one sentence, never a stack trace. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueServer, makeAuthority } from '../../../scripts/lan/certificates.js';
import { checkTls } from '../../../scripts/tls-pair.js';
import { aFolder, DAY_MS, NOW_MS } from '../../support/lan-files';

const authority = makeAuthority({ title: 'x', names: ['hub.intern'], nowMs: NOW_MS });
const aPair = () => {
	const { certificate, privateKey } = issueServer(authority, { hosts: ['hub.intern'], nowMs: NOW_MS });
	return { cert: certificate.toString(), key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
};
const pair = aPair();

function check(content: { cert: string; key: string }, how: { origin?: string; nowMs?: number } = {}) {
	const folder = aFolder();
	const files = { certFile: path.join(folder, 'cert.pem'), keyFile: path.join(folder, 'key.pem') };
	writeFileSync(files.certFile, content.cert);
	writeFileSync(files.keyFile, content.key);
	return checkTls(files, { origin: 'https://hub.intern:4780', nowMs: NOW_MS, ...how });
}

describe('a certificate and its key', () => {
	it('are taken in silence where they fit, also with certificates between', () => {
		expect(check(pair)).toEqual({ faults: [], warnings: [] });
		const chain = { ...pair, cert: pair.cert + authority.certificate.toString() };
		expect(check(chain)).toEqual({ faults: [], warnings: [] });
	});

	it.each([
		['no certificate', { ...pair, cert: 'GEHEIM' }, /^TLS_CERT enthält kein lesbares Zertifikat/],
		['no key', { ...pair, key: 'GEHEIM' }, /^TLS_KEY enthält keinen lesbaren Schlüssel/],
		['the two exchanged', { cert: pair.key, key: pair.cert }, /^TLS_CERT enthält/],
		['the key of another', { ...pair, key: aPair().key }, /passen nicht zueinander/],
		[
			'a broken certificate behind',
			{ ...pair, cert: `${pair.cert}-----BEGIN CERTIFICATE-----\nGEHEIM\n-----END CERTIFICATE-----\n` },
			/lässt sich nicht verschlüsseln/
		]
	])('are refused by a sentence: %s', (_, content, sentence) => {
		const { faults } = check(content);
		expect(faults[0]).toMatch(sentence);
		expect(faults.join()).not.toContain('GEHEIM');
	});

	it('are refused where a file is none', () => {
		const folder = aFolder();
		expect(
			checkTls({ certFile: folder, keyFile: path.join(folder, 'x') }, { origin: 'https://x', nowMs: NOW_MS })
		).toEqual({
			faults: [expect.stringMatching(/^TLS_CERT .*EISDIR/), expect.stringMatching(/^TLS_KEY .*ENOENT/)],
			warnings: []
		});
	});

	it.each([
		['it has ended', { nowMs: NOW_MS + 400 * DAY_MS }, /abgelaufen.*Uhr dieses Rechners/],
		['it has not begun', { nowMs: NOW_MS - 400 * DAY_MS }, /gilt erst ab/],
		['it names another host', { origin: 'https://other.intern' }, /nennt other\.intern nicht/]
	])('are warned of, and used, where %s', (_, how, sentence) => {
		expect(check(pair, how)).toEqual({ faults: [], warnings: [expect.stringMatching(sentence)] });
	});
});
