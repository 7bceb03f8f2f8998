/** The built server: headers on every answer, one host name, the shell under every deep link, problems below /api. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerProcess } from '../e2e/server-process';
import { sayRaw, startBuiltServer } from './built-server';

let server: ServerProcess;
beforeAll(async () => {
	server = await startBuiltServer({ LOG_LEVEL: 'debug' });
}, 300_000);
afterAll(() => server.dispose());

const get = (path: string, init: RequestInit = {}) => fetch(server.origin + path, { redirect: 'manual', ...init });

const immutable = () => {
	const file = readdirSync('build/client/_app/immutable/entry').find((name) => name.endsWith('.js'));
	return `/_app/immutable/entry/${file}`;
};

describe('every answer', () => {
	it.each([
		['the shell', () => '/', 200, 'no-cache', 'same-origin'],
		['a deep link', () => '/anliegen/0123456789abcdef0123456789abcdef', 200, 'no-cache', 'same-origin'],
		['a deep link with a slash at its end', () => '/anliegen/', 200, 'no-cache', 'same-origin'],
		['the service worker', () => '/service-worker.js', 200, 'no-cache', 'same-origin'],
		['a file of the build', immutable, 200, 'public, max-age=31536000, immutable', 'same-origin'],
		['a file that is gone', () => '/_app/immutable/entry/gone.js', 404, 'no-store', 'same-origin'],
		['a missing icon', () => '/missing.png', 404, 'no-store', 'same-origin'],
		['health', () => '/healthz', 200, 'no-store', 'cross-origin'],
		['readiness', () => '/readyz', 200, 'no-store', 'cross-origin'],
		['an unknown call', () => '/api/v1/nothing', 404, 'no-store', 'cross-origin'],
		['the wrong method', () => '/api/v1/hello', 405, 'no-store', 'cross-origin']
	])('has all headers: %s', async (_name, path, status, cache, resourcePolicy) => {
		const answer = await get(path());
		expect(answer.status).toBe(status);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
			'x-frame-options': 'DENY',
			'x-robots-tag': 'noindex, nofollow',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': resourcePolicy,
			'permissions-policy': expect.stringContaining('geolocation=()'),
			'content-security-policy': expect.stringContaining("frame-ancestors 'none'")
		});
		expect(answer.headers.get('cache-control')?.replaceAll(/,\s*/g, ', ')).toBe(cache);
		expect(answer.headers.has('strict-transport-security')).toBe(false);
		expect(answer.headers.has('set-cookie')).toBe(false);
		expect(answer.headers.has('x-powered-by')).toBe(false);
	});

	it('has a policy that lets the shell’s own script run and no other', async () => {
		const answer = await get('/termine');
		const html = await answer.text();
		const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]+?)<\/script>/g)].map(
			([, script]) => script!
		);
		expect(scripts.length).toBeGreaterThan(0);
		const policy = answer.headers.get('content-security-policy')!;
		for (const script of scripts)
			expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
		const scriptSources = /script-src ([^;]*)/.exec(policy)![1];
		expect(scriptSources).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:/);
		expect(policy).toContain("require-trusted-types-for 'script'");
		expect(policy).toContain('trusted-types svelte-trusted-html notschalter-script-url');
	});
});

describe('pages', () => {
	it('are one shell, with links that hold under any address', async () => {
		const [root, deep] = await Promise.all(
			['/', '/nacherfassung/abc?x=1'].map(async (path) => (await get(path)).text())
		);
		expect(deep).toBe(root);
		expect(root).not.toMatch(/(src|href)="\.\.?\//);
	});

	it('are found under one name only: others are sent there, calls and health are not', async () => {
		const byAddress = server.origin.replace('localhost', '127.0.0.1');
		const answer = await fetch(`${byAddress}/anliegen?x=1`, { redirect: 'manual' });
		expect(answer.status).toBe(308);
		expect(answer.headers.get('location')).toBe(`${server.origin}/anliegen?x=1`);
		expect((await fetch(`${byAddress}/readyz`)).status).toBe(200);
		expect((await fetch(`${byAddress}/api/v1/hello`, { method: 'POST' })).status).toBe(415);
	});

	it('can only be read', async () => {
		const answer = await get('/anliegen', { method: 'POST', body: 'x' });
		expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
		expect((await get('/', { method: 'HEAD' })).status).toBe(200);
	});

	it('are not left by a path that climbs', async () => {
		for (const path of [
			'/../package.json',
			'/%2e%2e/package.json',
			'/_app/../../package.json',
			'/%2e%2e%2fpackage.json'
		]) {
			const answer = await sayRaw(
				server.origin,
				`GET ${path} HTTP/1.1\r\nhost: ${new URL(server.origin).host}\r\nconnection: close\r\n\r\n`
			);
			expect(answer).not.toContain('"devDependencies"');
		}
	});

	it('of an unreadable address are a 400', async () => {
		expect((await get('/%E0%A4%A')).status).toBe(400);
	});
});

describe('below /api', () => {
	const problemOf = async (answer: Response) => {
		expect(answer.headers.get('content-type')).toBe('application/problem+json');
		expect(answer.headers.get('access-control-allow-origin')).toBe('*');
		return (await answer.json()) as { type: string };
	};

	it.each<[number, string, string, RequestInit]>([
		[404, 'not-found', '/api/v1/nothing', { method: 'POST' }],
		[404, 'not-found', '/api', {}],
		[405, 'method-not-allowed', '/api/v1/spaces', { method: 'DELETE' }],
		[415, 'unsupported-media-type', '/api/v1/hello', { method: 'POST', body: 'text' }],
		[
			415,
			'unsupported-media-type',
			'/api/v1/hello',
			{
				method: 'POST',
				body: 'a=b',
				headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://a.b' }
			}
		],
		[
			400,
			'malformed-message',
			'/api/v1/hello',
			{ method: 'POST', body: 'x', headers: { 'content-type': 'application/cbor' } }
		],
		[404, 'not-found', '/api/v1/spaces/x/exchange', { method: 'POST' }]
	])('%i is a problem: %s at %s', async (status, type, path, init) => {
		const answer = await get(path, init);
		expect(answer.status).toBe(status);
		expect(await problemOf(answer)).toMatchObject({ type });
	});

	it('too large a body is a 413 that is heard, with its length told or not', async () => {
		const headers = { 'content-type': 'application/cbor' };
		const path = `/api/v1/spaces/${'a'.repeat(32)}/exchange`;
		const told = await get(path, { method: 'POST', headers, body: new Uint8Array(6 * 1024 * 1024) });
		expect(await problemOf(told)).toMatchObject({ type: 'too-large' });
		const body = new ReadableStream({
			start(controller) {
				for (let i = 0; i < 6; i++) controller.enqueue(new Uint8Array(1024 * 1024));
				controller.close();
			}
		});
		const untold = await get(path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
		expect(await problemOf(untold)).toMatchObject({ type: 'too-large' });
	});

	it('other origins may ask, without credentials', async () => {
		const answer = await get('/api/v1/hello', {
			method: 'OPTIONS',
			headers: { origin: 'https://other.example', 'access-control-request-method': 'POST' }
		});
		expect(answer.status).toBe(204);
		expect(answer.headers.get('access-control-allow-origin')).toBe('*');
		expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
		expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
	});

	it('nothing personal is logged: no address, no query, no id, no header', async () => {
		await get(`/api/v1/spaces/${'ab'.repeat(16)}/exchange?name=Mustermann`, {
			method: 'POST',
			headers: {
				authorization: 'Bearer GEHEIMNIS',
				'content-type': 'application/cbor',
				'user-agent': 'Spezialbrowser'
			},
			body: 'Mustermann'
		});
		await get('/anliegen?suche=Mustermann');
		const lines = server.output.split('\n').filter((line) => line.startsWith('{'));
		expect(lines.length).toBeGreaterThan(3);
		expect(JSON.parse(lines.at(-1)!)).toMatchObject({
			route: '/api/v1/spaces/[spaceId]/exchange',
			method: 'POST',
			status: 401
		});
		expect(server.output).not.toMatch(/Mustermann|GEHEIMNIS|Spezialbrowser|abababab|127\.0\.0\.1/);
	});
});
