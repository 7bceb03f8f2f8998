/** The configuration: what stands where nothing is said, and every wrong value by its name. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hubAddress, parseConfig } from '$lib/server/config.js';

const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-config-'));
const file = path.join(folder, 'some.pem');
writeFileSync(file, 'pem');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the configuration', () => {
	it('stands on its own: a fixed port on this machine, SQLite below ./data', () => {
		expect(parseConfig({})).toEqual({
			config: {
				port: 4780,
				host: '127.0.0.1',
				origin: 'http://localhost:4780',
				dataDir: path.resolve('data'),
				enrolmentCode: null,
				tls: null,
				lan: null,
				isOriginGone: false,
				logLevel: 'info',
				hubCode: null,
				backup: null,
				backupsKept: 14
			},
			faults: [],
			warnings: []
		});
	});

	it.each([
		[{}, 'http://localhost:4780/hub'],
		[{ HOST: '10.20.30.5', LAN: '1' }, 'https://10.20.30.5:4780/hub (nur mit HUB_CODE)'],
		[{ HOST: 'fd00::5', LAN: '1' }, 'https://[fd00::5]:4780/hub (nur mit HUB_CODE)'],
		[{ HOST: '0.0.0.0', TLS_CERT: file, TLS_KEY: file, ORIGIN: 'https://hub.intern' }, 'https://localhost:4780/hub'],
		[{ LAN: '1' }, 'https://localhost:4780/hub'],
		[{ ORIGIN: 'https://notschalter.example' }, 'https://notschalter.example/hub (nur mit HUB_CODE)']
	])('knows where its state is to be seen: %j', (environment, address) =>
		expect(hubAddress(parseConfig(environment).config)).toBe(address)
	);

	it('takes what is set', () => {
		const { config, faults } = parseConfig({
			PORT: '8443',
			HOST: '0.0.0.0',
			ORIGIN: 'https://notschalter.example/',
			DATA_DIR: folder,
			ENROLMENT_CODE: 'ABCD-EFGH',
			TLS_CERT: file,
			TLS_KEY: file,
			LOG_LEVEL: 'debug',
			HUB_CODE: 'ABCD-EFGH-JKMN',
			BACKUP_DIR: folder,
			BACKUP_EVERY: '12',
			BACKUP_KEEP: '3'
		});
		expect(faults).toEqual([]);
		expect(config).toEqual({
			port: 8443,
			host: '0.0.0.0',
			origin: 'https://notschalter.example',
			dataDir: folder,
			enrolmentCode: 'ABCD-EFGH',
			tls: { certFile: file, keyFile: file },
			lan: null,
			isOriginGone: false,
			logLevel: 'debug',
			hubCode: 'ABCD-EFGH-JKMN',
			backup: { folder, everyHours: 12, keep: 3 },
			backupsKept: 3
		});
	});

	it('follows the port and TLS with its address', () => {
		expect(parseConfig({ PORT: '5000' }).config.origin).toBe('http://localhost:5000');
		expect(parseConfig({ TLS_CERT: file, TLS_KEY: file }).config.origin).toBe('https://localhost:4780');
	});

	it('listens on all addresses in the LAN mode, with the page for new counters beside it', () => {
		const { config, faults } = parseConfig({ LAN: '1' });
		expect(faults).toEqual([]);
		expect(config.lan).toEqual({ httpPort: 4781 });
		expect(['::', '0.0.0.0']).toContain(config.host);
		expect(parseConfig({ LAN: '1', HOST: '10.0.0.5', HTTP_PORT: '8081' }).config).toMatchObject({
			host: '10.0.0.5',
			lan: { httpPort: 8081 }
		});
		expect(parseConfig({ LAN: '0' }).config).toMatchObject({ lan: null, host: '127.0.0.1' });
	});

	it.each<[string, Record<string, string>]>([
		['PORT', { PORT: '0' }],
		['PORT', { PORT: '65536' }],
		['PORT', { PORT: '80a' }],
		['HOST', { HOST: 'not a host' }],
		['ORIGIN', { ORIGIN: 'notschalter.example' }],
		['ORIGIN', { ORIGIN: 'https://notschalter.example/app' }],
		['ORIGIN', { ORIGIN: 'ftp://notschalter.example' }],
		['ORIGIN', { ORIGIN: 'http://notschalter.example', TLS_CERT: file, TLS_KEY: file }],
		['DATA_DIR', { DATA_DIR: file }],
		['DATABASE_URL', { DATABASE_URL: 'postgres://localhost/notschalter' }],
		['ENROLMENT_CODE', { ENROLMENT_CODE: 'ab-cd' }],
		['TLS_CERT', { TLS_CERT: file }],
		['TLS_KEY', { TLS_CERT: file, TLS_KEY: path.join(folder, 'missing') }],
		['LAN', { LAN: 'ja' }],
		['LAN', { LAN: '1', TLS_CERT: file, TLS_KEY: file }],
		['ORIGIN', { LAN: '1', ORIGIN: 'http://10.0.0.5:4780' }],
		['HTTP_PORT', { LAN: '1', HTTP_PORT: 'x' }],
		['HTTP_PORT', { LAN: '1', PORT: '4781' }],
		['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
		['HUB_CODE', { HUB_CODE: 'ABCD-EFGH' }],
		['BACKUP_EVERY', { BACKUP_EVERY: '6' }],
		['BACKUP_EVERY', { BACKUP_DIR: folder, BACKUP_EVERY: '0' }],
		['BACKUP_KEEP', { BACKUP_KEEP: 'alle' }]
	])('names a wrong %s: %j', (name, environment) => {
		const { faults } = parseConfig(environment);
		expect(faults).toHaveLength(1);
		expect(faults[0]).toContain(name);
	});

	it('names all that is wrong at once, and repeats no secret', () => {
		const { faults } = parseConfig({ PORT: 'x', ENROLMENT_CODE: 'GEHEIM', DATABASE_URL: 'postgres://u:GEHEIM@h/d' });
		expect(faults).toHaveLength(3);
		expect(faults.join()).not.toContain('GEHEIM');
	});

	it('warns of an address that browsers will not trust', () => {
		expect(parseConfig({ ORIGIN: 'http://192.168.0.10:4780' }).warnings).toHaveLength(1);
		expect(parseConfig({ ORIGIN: 'http://localhost:4780' }).warnings).toEqual([]);
	});
});
