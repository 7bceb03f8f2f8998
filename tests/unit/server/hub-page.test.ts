/** What the status page says, and that nothing in it can become markup. */
import { describe, expect, it } from 'vitest';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { concernsOf } from '$lib/server/hub-concerns';
import { hubPage } from '$lib/server/hub-page';
import type { HubDevice, HubStatus } from '$lib/server/hub-status';

const NOW = Date.UTC(2026, 10, 2, 6, 30);
const HOUR_MS = 3_600_000;
const aDevice = (more: Partial<HubDevice> = {}): HubDevice => ({
	number: 3,
	deviceId: '3f2a91c0aabbccddeeff001122334455' as DeviceId,
	enrolledAt: NOW - 50 * HOUR_MS,
	lastContactAt: NOW - 60_000,
	sequence: 141,
	gaps: [],
	forked: false,
	revoked: false,
	sizeBytes: 12_345,
	...more
});
const aStatus = (more: Partial<HubStatus> = {}, devices: readonly HubDevice[] = [aDevice()]): HubStatus => ({
	now: NOW,
	startedAt: NOW - 40 * HOUR_MS,
	version: '0.1.0',
	node: '24.21.0',
	sqlite: 'node:sqlite',
	origin: 'https://hub.intern:4780',
	spaces: [{ spaceId: '00' as SpaceId, commune: 'Soest', devices }],
	databaseBytes: 2_500_000,
	disk: { freeBytes: 80e9, totalBytes: 250e9 },
	certificate: { validTo: NOW + 90 * 24 * HOUR_MS, daysLeft: 90, names: 'DNS:hub.intern' },
	backup: {
		last: { at: NOW - HOUR_MS, file: '/mnt/stick/a.sqlite', sizeBytes: 9e6, sameDisk: false },
		fault: null,
		everyHours: 6
	},
	storage: 'ready',
	...more
});

describe('the status page', () => {
	it('is not troubled by what a revoked device never brought', () =>
		expect(concernsOf(aStatus({}, [aDevice({ gaps: [[3, 9]], forked: true, revoked: true })]))).toEqual([]));

	it('says that all is well when it is', () => {
		expect(concernsOf(aStatus())).toEqual([]);
		const page = hubPage(aStatus());
		expect(page).toContain('Alles in Ordnung.');
		for (const words of [
			'Gerät 3 (3f2a91c0)',
			'02.11.2026, 07:29',
			'noch 90 Tage',
			'80,0 GB frei',
			'12,3 kB',
			'/mnt/stick/a.sqlite'
		])
			expect(page).toContain(words);
	});

	it.each([
		[
			'a gap of one',
			aStatus({}, [aDevice({ gaps: [[142, 142]] })]),
			/Soest, Gerät 3 \(3f2a91c0\): Buchung 142 fehlt\./
		],
		['a gap of more', aStatus({}, [aDevice({ gaps: [[142, 150]] })]), /Buchungen 142 bis 150 fehlen/],
		[
			'very many gaps',
			aStatus({}, [aDevice({ gaps: Array.from({ length: 9 }, (_, i) => [i * 3 + 2, i * 3 + 2] as const) })]),
			/Buchung 14 fehlt und 4 weitere Lücken/
		],
		['a second history', aStatus({}, [aDevice({ forked: true })]), /zweimal geschrieben/],
		['a full disk', aStatus({ storage: 'storage-full' }), /der Datenträger ist voll/],
		['little room', aStatus({ disk: { freeBytes: 9e8, totalBytes: 1e12 } }), /weniger als 1 GB frei/],
		[
			'a certificate that ends soon',
			aStatus({ certificate: { validTo: 0, daysLeft: 20, names: '' } }),
			/läuft in 20 Tagen ab/
		],
		[
			'a certificate that has ended',
			aStatus({ certificate: { validTo: 0, daysLeft: -1, names: '' } }),
			/ist abgelaufen/
		],
		[
			'a failed backup',
			aStatus({ backup: { last: aStatus().backup.last, fault: { at: NOW, sentence: 'Kein Platz.' }, everyHours: 6 } }),
			/gescheitert: Kein Platz\./
		],
		[
			'a late backup',
			aStatus({
				backup: {
					last: { at: NOW - 13 * HOUR_MS, file: 'x', sizeBytes: 1, sameDisk: false },
					fault: null,
					everyHours: 6
				}
			}),
			/überfällig/
		],
		[
			'an old backup where none is planned',
			aStatus({
				backup: {
					last: { at: NOW - 8 * 24 * HOUR_MS, file: 'x', sizeBytes: 1, sameDisk: false },
					fault: null,
					everyHours: null
				}
			}),
			/älter als eine Woche/
		],
		[
			'a backup beside the database',
			aStatus({ backup: { last: { at: NOW, file: 'x', sizeBytes: 1, sameDisk: true }, fault: null, everyHours: 6 } }),
			/denselben Datenträger/
		],
		['no backup at all', aStatus({ backup: { last: null, fault: null, everyHours: null } }), /nicht gesichert/]
	])('names %s', (_what, status, sentence) => {
		const concerns = concernsOf(status);
		expect(concerns).toHaveLength(1);
		expect(concerns[0]).toMatch(sentence);
		expect(hubPage(status)).toContain('Zu tun');
	});

	it('does not call a backup late right after the start', () => {
		const backup = { last: null, fault: null, everyHours: 6 };
		expect(concernsOf(aStatus({ startedAt: NOW - 60_000, backup }))).toEqual([]);
	});

	it('shows words as words: nothing from elsewhere becomes markup', () => {
		const hostile = '<script>alert(1)</script>"onx=&';
		const status = aStatus({
			origin: hostile,
			spaces: [{ spaceId: '00' as SpaceId, commune: hostile, devices: [aDevice({ gaps: [[1, 2]] })] }],
			certificate: { validTo: NOW, daysLeft: 1, names: hostile },
			backup: {
				last: { at: NOW, file: hostile, sizeBytes: 1, sameDisk: false },
				fault: { at: 1, sentence: hostile },
				everyHours: 6
			}
		});
		const page = hubPage(status);
		expect(page).not.toMatch(/<script|"onx/);
		expect(page).toContain('&lt;script&gt;');
	});
});
