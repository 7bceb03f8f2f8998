/** The status page of the built server: what it knows of devices, who may see it, the certificate in use; and no word of anybody. */
import { mkdirSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { ServerProcess } from '../e2e/server-process';
import { laySpace, pushingDevice } from '../support/pushing-device';
import { must, testSpace } from '../support/test-space';
import { selfSigned } from '../support/self-signed';
import { ensureBuild, startBuiltServer } from './built-server';

vi.setConfig({ testTimeout: 60_000 });
beforeAll(ensureBuild, 300_000);

let server: ServerProcess;
afterEach(() => server.dispose());

interface Seen {
	state: string;
	concerns: string[];
	spaces: {
		commune: string;
		devices: { deviceId: string; sequence: number; gaps: number[][]; lastContactAt: number; sizeBytes: number }[];
	}[];
	certificate: { daysLeft: number } | null;
}
const HUB_CODE = '7KXM-0RT4-9HQ2';
const basic = (code: string): string => `Basic ${Buffer.from(`x:${code}`).toString('base64')}`;
const hub = async (origin: string): Promise<Seen> => (await (await fetch(`${origin}/hub.json`)).json()) as Seen;

it('names each device with its last contact, its gaps and its size, also after a restart', async () => {
	const begunAt = Date.now();
	server = await startBuiltServer();
	const space = await testSpace();
	const [first, second] = [
		await pushingDevice(space, { origin: server.origin }),
		await pushingDevice(space, { origin: server.origin })
	];
	await laySpace(space, [first, second], server.enrolmentCode);
	must(await first.push(3));
	const [, held] = [await second.write(4), await second.write(2)];
	expect(held).toBeUndefined();
	// The first of its two segments was lost on the way.
	must(
		await second.transport.exchange(space.spaceId, {
			heads: new Map(),
			segments: second.segments.slice(1),
			deviceKeys: [],
			keyring: { tips: [], records: [] }
		})
	);

	const seen = await hub(server.origin);
	expect(seen.state).toBe('attention');
	expect(seen.concerns.join(' ')).toMatch(new RegExp(`\\(${second.deviceId.slice(0, 8)}\\): Buchungen 1 bis 4 fehlen`));
	const device = (id: string, of: Seen) => of.spaces[0]!.devices.find(({ deviceId }) => deviceId === id)!;
	expect(device(first.deviceId, seen)).toMatchObject({ sequence: 3, gaps: [] });
	expect(device(second.deviceId, seen)).toMatchObject({ sequence: 0, gaps: [[1, 4]] });
	for (const id of [first.deviceId, second.deviceId]) {
		expect(device(id, seen).lastContactAt).toBeGreaterThanOrEqual(begunAt);
		expect(device(id, seen).sizeBytes).toBeGreaterThan(100);
	}
	const page = await fetch(`${server.origin}/hub`);
	expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
	const html = await page.text();
	expect(html).toContain('Buchungen 1 bis 4 fehlen');
	expect(html).not.toMatch(/<script/);
	expect(html).not.toContain('Mustermann');

	await server.stop();
	await server.start();
	const after = await hub(server.origin);
	expect(device(first.deviceId, after).lastContactAt).toBe(device(first.deviceId, seen).lastContactAt);
});

it('asks those for the code who come through a proxy on this machine, and changes nothing', async () => {
	server = await startBuiltServer({ HUB_CODE });
	const through = (headers: Record<string, string>) => fetch(`${server.origin}/hub`, { headers });
	expect((await through({ 'x-forwarded-for': '10.0.0.7' })).status).toBe(401);
	expect((await through({ 'x-forwarded-for': '10.0.0.7', authorization: basic(HUB_CODE) })).status).toBe(200);
	expect((await fetch(`${server.origin}/hub`, { method: 'POST' })).status).toBe(405);
});

it('says how long the certificate in use is valid', async () => {
	server = await ServerProcess.create();
	const folder = path.join(server.dataDir, 'tls');
	mkdirSync(folder, { recursive: true });
	const days = (count: number) => new Date(Date.now() + count * 86_400_000);
	const { cert, key } = selfSigned('localhost', days(-1), days(10.5));
	const files = { TLS_CERT: path.join(folder, 'cert.pem'), TLS_KEY: path.join(folder, 'key.pem') };
	writeFileSync(files.TLS_CERT, cert);
	writeFileSync(files.TLS_KEY, key);
	const { port } = new URL(server.origin);
	const start = server.start({ ...files, ORIGIN: `https://localhost:${port}` }).catch(() => undefined);
	const get = async (): Promise<Seen> => {
		const request = https.get({ host: 'localhost', port, path: '/hub.json', rejectUnauthorized: false, agent: false });
		const [response] = (await once(request, 'response')) as [IncomingMessage];
		let body = '';
		for await (const chunk of response) body += String(chunk);
		return JSON.parse(body) as Seen;
	};
	await expect
		.poll(
			() =>
				get().then(
					({ certificate }) => certificate?.daysLeft,
					() => null
				),
			{ timeout: 30_000 }
		)
		.toBe(10);
	expect((await get()).concerns.join(' ')).toContain('Das Zertifikat läuft in 10 Tagen ab.');
	await server.kill();
	await start;
});
