/** What happens before the LAN mode serves: a passphrase once, certificates that fit, and never a second authority. */
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { machineOf } from '../../../scripts/lan/addresses.js';
import { issueServer, makeAuthority, mayIssue, names } from '../../../scripts/lan/certificates.js';
import { prepareLan, type Prepared } from '../../../scripts/lan/prepare.js';
import { createTlsFiles } from '../../../scripts/lan/tls-files.js';
import { aFolder, aMachine, aTypist, DAY_MS, NOW_MS, type Typist } from '../../support/lan-files';

const PASSPHRASE = 'sieben Gänse am Teich';
const NOBODY = aTypist('nowhere');
/** What is real takes half a second each time. */
const QUICK = { N: 2 ** 10, r: 8, p: 1 };

interface Start {
	addresses?: readonly string[];
	typist?: Typist;
	nowMs?: number;
	givenOrigin?: string | null;
}

const start = (
	dataDir: string,
	{ addresses = ['10.0.0.5'], typist = NOBODY, nowMs = NOW_MS, givenOrigin = null }: Start = {}
) =>
	prepareLan({
		dataDir,
		port: 4780,
		givenOrigin,
		machine: aMachine(...addresses),
		passphrases: typist,
		nowMs,
		cost: QUICK
	});

async function served(dataDir: string, how?: Start): Promise<Prepared> {
	const prepared = await start(dataDir, how);
	if ('fault' in prepared) throw new Error(prepared.fault);
	return prepared;
}

const begun = async (how: Start = {}) => {
	const folder = aFolder();
	const first = await served(folder, { typist: aTypist('environment', PASSPHRASE), ...how });
	return { folder, first };
};

describe('the first start', () => {
	it('asks for a passphrase twice, and makes an authority and a certificate that fits', async () => {
		const typist = aTypist('terminal', PASSPHRASE, PASSPHRASE);
		const { folder, first } = await begun({ typist });
		expect(typist.prompts).toEqual(['Neue Passphrase: ', 'Noch einmal: ']);
		expect(first).toMatchObject({ origin: 'https://10.0.0.5:4780', isOriginGone: false, notices: [] });
		expect(first.server.checkIssued(first.authority!)).toBe(true);
		for (const host of ['hub', 'hub.local', 'localhost', '10.0.0.5']) expect(names(first.server, host)).toBe(true);
		expect(createTlsFiles(folder).readOrigin()).toBe('https://10.0.0.5:4780');
	});

	it('asks again when the two differ or are too short', async () => {
		const typist = aTypist('terminal', 'kurz', PASSPHRASE, 'vertippt', PASSPHRASE, PASSPHRASE);
		const { first } = await begun({ typist });
		expect(first.authority).not.toBeNull();
		expect(typist.heard.join('\n')).toMatch(/Zu kurz[^]*verschieden/);
	});

	it.each<[string, Typist]>([
		['nobody can be asked', aTypist('nowhere')],
		['nothing is typed', aTypist('terminal')],
		['it is too short', aTypist('environment', 'kurz')],
		[
			'it is never typed twice the same',
			aTypist('terminal', ...['a', 'b', 'c', 'd', 'e', 'f'].map((x) => x.repeat(12)))
		]
	])('ends with a sentence and leaves nothing behind when %s', async (_, typist) => {
		const folder = aFolder();
		const prepared = await start(folder, { typist });
		expect('fault' in prepared && prepared.fault).toMatch(/PASSPHRASE/);
		expect(readdirSync(folder)).toEqual([]);
	});

	it('writes no key in clear but the server’s own, and that for this account alone', async () => {
		const { folder } = await begun();
		const authority = readFileSync(path.join(folder, 'tls/authority.json'), 'utf8');
		expect(authority).not.toMatch(/PRIVATE KEY/);
		expect(authority).not.toContain(PASSPHRASE);
		expect(readdirSync(path.join(folder, 'tls')).sort()).toEqual(['address.json', 'authority.json', 'server.pem']);
		for (const name of ['authority.json', 'server.pem'])
			expect(statSync(path.join(folder, 'tls', name)).mode & 0o777).toBe(0o600);
	});
});

it.each(['de', 'berlin', 'koeln', 'com', 'app'])(
	'is not bound to a whole top-level domain by a machine called %s',
	async (name) => {
		const machine = machineOf(name, { eth0: [{ address: '10.0.0.5', internal: false }] });
		const around = { dataDir: aFolder(), port: 4780, givenOrigin: null, machine, nowMs: NOW_MS, cost: QUICK };
		const prepared = await prepareLan({ ...around, passphrases: aTypist('environment', PASSPHRASE) });
		const { authority, server, notices } = prepared as Prepared;
		expect(notices).toEqual([]);
		expect(mayIssue(authority!, `bank.${name}`)).toBe(false);
		expect(names(server, name)).toBe(false);
		expect(names(server, `${name}.local`)).toBe(true);
		expect(await prepareLan({ ...around, passphrases: NOBODY })).toMatchObject({ notices: [], isRenewed: false });
	}
);

describe('a later start', () => {
	it('asks nobody and changes nothing while all fits', async () => {
		const { folder, first } = await begun();
		const typist = aTypist('terminal');
		const again = await served(folder, { typist, nowMs: NOW_MS + 300 * DAY_MS });
		expect(typist.prompts).toEqual([]);
		expect(again.server.raw).toEqual(first.server.raw);
		expect(again.authority!.raw).toEqual(first.authority!.raw);
	});

	it('renews for a further address with the passphrase, under the same authority and address', async () => {
		const { folder, first } = await begun();
		const typist = aTypist('terminal', 'falsch', PASSPHRASE);
		const again = await served(folder, { typist, addresses: ['10.0.0.5', '192.168.7.9'] });
		expect(typist.prompts).toHaveLength(2);
		expect(typist.heard.join('\n')).toMatch(/nennt 192\.168\.7\.9 noch nicht[^]*passt nicht/);
		expect(again).toMatchObject({ origin: 'https://10.0.0.5:4780', notices: [] });
		expect(names(again.server, '192.168.7.9')).toBe(true);
		expect(again.authority!.raw).toEqual(first.authority!.raw);
	});

	it('asks nobody for the address of a container, a tunnel, a link without a router, or a temporary one', async () => {
		const { folder, first } = await begun();
		const info = (address: string) => [{ address, internal: false }];
		const machine = machineOf('hub', {
			eth0: [...info('10.0.0.5'), ...info('fd00::1234'), ...info('169.254.9.9')],
			docker0: info('172.17.0.1'),
			'br-0a1b2c3d4e5f': info('172.18.0.1'),
			wg0: info('10.8.0.2')
		});
		const typist = aTypist('terminal');
		const again = await prepareLan({
			...{ dataDir: folder, port: 4780, givenOrigin: null, machine, passphrases: typist, nowMs: NOW_MS }
		});
		expect(again).toMatchObject({ notices: [], isRenewed: false });
		expect(typist.prompts).toEqual([]);
		expect((again as Prepared).server.raw).toEqual(first.server.raw);
	});

	it('does not renew for an address that is gone, and goes on naming the one of the app', async () => {
		const { folder, first } = await begun({ addresses: ['10.0.0.5', '192.168.7.9'] });
		expect(first.origin).toBe('https://192.168.7.9:4780');
		const fewer = await served(folder, { addresses: ['192.168.7.9'] });
		expect(fewer.server.raw).toEqual(first.server.raw);
		const typist = aTypist('environment', PASSPHRASE);
		const moved = await served(folder, { addresses: ['10.9.9.9'], typist });
		expect(moved).toMatchObject({ origin: first.origin, isOriginGone: true, reachableHost: '10.9.9.9' });
		expect(names(moved.server, '192.168.7.9') && names(moved.server, '10.9.9.9')).toBe(true);
		expect(moved.notices.join()).toMatch(/gehört nicht mehr zu diesem Rechner/);
	});

	it('goes on with the same authority on another computer that takes over files and address', async () => {
		const { folder, first } = await begun();
		rmSync(path.join(folder, 'tls/server.pem'));
		const machine = machineOf('ersatz', { eth0: [{ address: '10.0.0.5', internal: false }] });
		const typist = aTypist('environment', PASSPHRASE);
		const around = { dataDir: folder, port: 4780, givenOrigin: null, machine, passphrases: typist, nowMs: NOW_MS };
		const moved = await prepareLan(around);
		expect(moved).toMatchObject({ origin: first.origin, isOriginGone: false, notices: [] });
		const { server } = moved as Prepared;
		expect(server.checkIssued(first.authority!)).toBe(true);
		// The name of the new one is outside of the bounds; what others call it by is not.
		for (const [host, isNamed] of [
			['10.0.0.5', true],
			['ersatz.local', true],
			['ersatz', false]
		] as const)
			expect([host, names(server, host)]).toEqual([host, isNamed]);
	});

	it.each<[string, Typist]>([
		['nobody can be asked', aTypist('nowhere')],
		['the passphrase is wrong', aTypist('environment', 'eine andere Passphrase')],
		['somebody presses Enter', aTypist('terminal')],
		['it is wrong three times', aTypist('terminal', 'a', 'b', 'c', PASSPHRASE)]
	])('runs on with the old certificate and says so when %s', async (_, typist) => {
		const { folder, first } = await begun();
		const again = await served(folder, { typist, addresses: ['10.0.0.5', '192.168.7.9'] });
		expect(again.server.raw).toEqual(first.server.raw);
		expect(again.notices.join()).toMatch(
			/nennt 192\.168\.7\.9 noch nicht.*läuft mit dem bisherigen Zertifikat weiter/s
		);
	});

	it('renews 30 days before the end, and says how it stands when it cannot', async () => {
		const { folder, first } = await begun();
		const soon = { nowMs: NOW_MS + 368 * DAY_MS };
		expect((await served(folder, soon)).notices.join()).toMatch(/gilt nur noch 2\d Tage/);
		expect((await served(folder, { nowMs: NOW_MS + 500 * DAY_MS })).notices.join()).toMatch(/ist abgelaufen/);
		const renewed = await served(folder, { ...soon, typist: aTypist('environment', PASSPHRASE) });
		expect(renewed.notices).toEqual([]);
		expect(Date.parse(renewed.server.validTo)).toBeGreaterThan(Date.parse(first.server.validTo));
	});

	it('warns a year before the authority ends', async () => {
		const { folder } = await begun();
		const typist = aTypist('environment', PASSPHRASE);
		const late = await served(folder, { nowMs: NOW_MS + 3_400 * DAY_MS, typist });
		expect(late.notices.join()).toMatch(/Zertifizierungsstelle gilt nur noch 2\d\d Tage/);
	});
});

describe('a clock that cannot be right', () => {
	const YEAR_1980 = Date.parse('1980-01-01T01:00:00Z');

	it('makes no authority, shows the time, and asks nobody for a passphrase first', async () => {
		const folder = aFolder();
		const typist = aTypist('terminal', PASSPHRASE, PASSPHRASE);
		for (const nowMs of [YEAR_1980, Date.parse('2026-10-01T00:00:00Z')])
			expect(await start(folder, { typist, nowMs })).toMatchObject({
				fault: expect.stringMatching(/Uhr dieses Rechners steht auf .*(1980|2026).*richtigstellen/)
			});
		expect(typist.prompts).toEqual([]);
		expect(readdirSync(folder)).toEqual([]);
	});

	it('renews nothing, and serves what there is', async () => {
		const { folder, first } = await begun();
		const typist = aTypist('environment', PASSPHRASE);
		const again = await served(folder, { typist, nowMs: YEAR_1980 });
		expect(again.server.raw).toEqual(first.server.raw);
		expect(again.notices.join()).toMatch(/1980/);
	});

	it('is shown before the first passphrase, whatever it is', async () => {
		const typist = aTypist('terminal', PASSPHRASE, PASSPHRASE);
		await begun({ typist });
		expect(typist.heard.join()).toMatch(/Uhr dieses Rechners steht auf 26\. November 2026/);
	});
});

describe('files that are not as they were', () => {
	const authorityFile = (folder: string) => path.join(folder, 'tls/authority.json');
	const serverFile = (folder: string) => path.join(folder, 'tls/server.pem');

	it.each(['as it was', 'damaged'])(
		'makes no second authority where one is missing beside a certificate %s',
		async (how) => {
			const { folder, first } = await begun();
			const kept = readFileSync(authorityFile(folder));
			rmSync(authorityFile(folder));
			const pem = how === 'damaged' ? 'broken' : readFileSync(serverFile(folder), 'utf8');
			writeFileSync(serverFile(folder), pem);
			const typist = aTypist('environment', PASSPHRASE);
			expect(await start(folder, { typist })).toMatchObject({
				fault: expect.stringMatching(/fehlt authority\.json.*unversehrt.*zurückholen.*wegräumen/s)
			});
			expect(readdirSync(path.join(folder, 'tls')).sort()).toEqual(['address.json', 'server.pem']);
			expect(readFileSync(serverFile(folder), 'utf8')).toBe(pem);
			writeFileSync(authorityFile(folder), kept);
			expect((await served(folder, { typist })).authority!.raw).toEqual(first.authority!.raw);
		}
	);

	it('makes a new authority once somebody has put both away, and keeps the address', async () => {
		const { folder, first } = await begun();
		rmSync(authorityFile(folder));
		rmSync(serverFile(folder));
		const again = await served(folder, {
			typist: aTypist('environment', PASSPHRASE),
			addresses: ['10.0.0.4', '10.0.0.5']
		});
		expect(again.origin).toBe(first.origin);
		expect(again.authority!.raw).not.toEqual(first.authority!.raw);
	});

	it.each(['', '{', '{"version":1}', '[]', 'null'])(
		'runs on without an authority that reads %j, and never replaces it',
		async (content) => {
			const { folder, first } = await begun();
			writeFileSync(authorityFile(folder), content);
			const again = await served(folder, {
				typist: aTypist('environment', PASSPHRASE),
				addresses: ['10.0.0.5', '10.0.0.6']
			});
			expect(again.server.raw).toEqual(first.server.raw);
			expect(again.authority).toBeNull();
			expect(again.notices.join()).toMatch(/Aus der Sicherung zurückholen/);
			expect(readFileSync(authorityFile(folder), 'utf8')).toBe(content);
			rmSync(serverFile(folder));
			expect(await start(folder, { typist: aTypist('environment', PASSPHRASE) })).toMatchObject({
				fault: expect.stringMatching(/nicht lesbar/)
			});
		}
	);

	it('opens no authority whose sealed key was changed', async () => {
		const { folder } = await begun();
		const content = JSON.parse(readFileSync(authorityFile(folder), 'utf8'));
		const bytes = Buffer.from(content.key.sealed, 'base64');
		bytes[20]! ^= 1;
		content.key.sealed = bytes.toString('base64');
		writeFileSync(authorityFile(folder), JSON.stringify(content));
		const again = await served(folder, {
			typist: aTypist('environment', PASSPHRASE),
			addresses: ['10.0.0.5', '10.0.0.6']
		});
		expect(again.notices.join()).toMatch(/läuft mit dem bisherigen Zertifikat weiter/);
	});

	it('refuses a cost that would eat the machine’s memory', async () => {
		const { folder } = await begun();
		const content = JSON.parse(readFileSync(authorityFile(folder), 'utf8'));
		content.key.cost.N = 2 ** 30;
		writeFileSync(authorityFile(folder), JSON.stringify(content));
		expect(createTlsFiles(folder).readAuthority()).toBe('damaged');
	});

	it.each(['', 'nothing of the kind'])('issues anew where the certificate reads %j', async (content) => {
		const { folder } = await begun();
		writeFileSync(serverFile(folder), content);
		expect(await start(folder)).toMatchObject({ fault: expect.stringMatching(/noch kein Zertifikat/) });
		const again = await served(folder, { typist: aTypist('environment', PASSPHRASE) });
		expect(again.server.checkIssued(again.authority!)).toBe(true);
	});

	it('does not serve a certificate with the key of another, or of another authority', async () => {
		const { folder, first } = await begun();
		const other = makeAuthority({ title: 'x', names: ['hub'], nowMs: NOW_MS });
		const foreign = issueServer(other, { hosts: ['hub'], nowMs: NOW_MS });
		const key = foreign.privateKey.export({ type: 'pkcs8', format: 'pem' });
		for (const certificate of [first.server, foreign.certificate]) {
			writeFileSync(serverFile(folder), certificate.toString() + key);
			expect(await start(folder)).toMatchObject({ fault: expect.stringMatching(/noch kein Zertifikat/) });
		}
	});

	it('takes a new address where the file that names it is unreadable', async () => {
		const { folder } = await begun();
		writeFileSync(path.join(folder, 'tls/address.json'), '{"origin":"ftp://x"}');
		expect(await served(folder)).toMatchObject({ origin: 'https://10.0.0.5:4780', isOriginGone: false });
	});
});

describe('ORIGIN', () => {
	const typist = () => aTypist('environment', PASSPHRASE);

	it('may be a name that is there on the first day', async () => {
		const { first } = await begun({ givenOrigin: 'https://notschalter.rathaus.intern:4780' });
		expect(names(first.server, 'notschalter.rathaus.intern')).toBe(true);
	});

	it.each(['https://notschalter.rathaus.intern', 'https://8.8.8.8:4780'])(
		'may not be %s once the authority is bound to other names',
		async (givenOrigin) => {
			const { folder } = await begun();
			expect(await start(folder, { typist: typist(), givenOrigin })).toMatchObject({
				fault: expect.stringContaining(`Für ${givenOrigin} darf`)
			});
		}
	);

	it('may change to another of this machine’s, which is then kept', async () => {
		const { folder } = await begun({ addresses: ['10.0.0.5', 'fd00::5'] });
		const changed = await served(folder, { addresses: ['fd00::5'], givenOrigin: 'https://[fd00::5]:4780' });
		expect(changed).toMatchObject({ origin: 'https://[fd00::5]:4780', isOriginGone: false });
		expect(await served(folder, { addresses: ['fd00::5'] })).toMatchObject({
			origin: 'https://[fd00::5]:4780',
			notices: []
		});
	});
});

it('gives a file that a server can read its certificate and key from', async () => {
	const { first } = await begun();
	expect(new X509Certificate(readFileSync(first.serverFile)).raw).toEqual(first.server.raw);
});
