/** Headers of DESIGN § 7 on everything there is: each route of the sources, each file of the build; a new one is covered by itself. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBuild } from '../../scripts/built-files.js';
import type { ServerProcess } from '../e2e/server-process';
import { sayRaw, startBuiltServer } from './built-server';

let server: ServerProcess;
beforeAll(async () => {
	server = await startBuiltServer();
}, 300_000);
afterAll(() => server.dispose());

const routesWith = (file: string): string[] =>
	readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
		.filter((name) => path.basename(name) === file)
		.map((name) => `/${path.dirname(name).split(path.sep).join('/')}`.replace(/^\/\.$/, '/'))
		.map((route) => route.replaceAll(/\/\([^)]*\)/g, '').replaceAll(/\[[^\]]*\]/g, 'ab'.repeat(16)) || '/');

const FOR_ALL = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'x-frame-options': 'DENY',
	'x-robots-tag': 'noindex, nofollow',
	'cross-origin-opener-policy': 'same-origin'
};

async function expectWalls(at: string, method: string, isEndpoint: boolean): Promise<Response> {
	const answer = await fetch(server.origin + at, { method, redirect: 'manual' });
	const headers = Object.fromEntries(answer.headers);
	expect([at, headers]).toMatchObject([
		at,
		{
			...FOR_ALL,
			// The state of the server keeps to itself what it shows; refusing a method it says what every endpoint says.
			'cross-origin-resource-policy': at.startsWith('/hub')
				? expect.stringMatching(/^(same|cross)-origin$/)
				: isEndpoint
					? 'cross-origin'
					: 'same-origin',
			'permissions-policy': expect.stringContaining('microphone=()'),
			'content-security-policy': expect.stringContaining("frame-ancestors 'none'")
		}
	]);
	const policy = headers['content-security-policy'] ?? '';
	if (isEndpoint) expect(policy).toContain("default-src 'none'");
	else {
		expect(policy).toContain("require-trusted-types-for 'script'");
		const [, scripts = ''] = /script-src ([^;]*)/.exec(policy) ?? [];
		expect(scripts).toContain("'self'");
		expect(scripts.replaceAll("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|https?:|\*/);
	}
	expect(headers['cache-control']).toBeTruthy();
	for (const leak of ['set-cookie', 'x-powered-by', 'server', 'etag-personal'])
		expect(headers).not.toHaveProperty(leak);
	return answer;
}

describe('every path has its walls', { timeout: 120_000 }, () => {
	it('pages, all of them the one shell', async () => {
		const pages = routesWith('+page.svelte');
		expect(pages.length).toBeGreaterThan(8);
		for (const page of pages) {
			const answer = await expectWalls(page, 'GET', false);
			expect([page, answer.status, answer.headers.get('cache-control')]).toEqual([page, 200, 'no-cache']);
		}
	});

	it('endpoints, by every method', async () => {
		const endpoints = routesWith('+server.ts');
		expect(endpoints.length).toBeGreaterThan(6);
		for (const endpoint of endpoints)
			for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
				const answer = await expectWalls(endpoint, method, true);
				expect([endpoint, method, answer.headers.get('cache-control')]).toEqual([endpoint, method, 'no-store']);
				if (!endpoint.startsWith('/api/')) continue;
				expect([endpoint, method, answer.headers.get('access-control-allow-origin')]).toEqual([endpoint, method, '*']);
				expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
			}
	});

	it('files of the build: the service worker, the shell, scripts, styles, fonts, icons', async () => {
		const { files } = readBuild('build');
		expect(files.has('/service-worker.js')).toBe(true);
		for (const file of files) {
			const answer = await expectWalls(file, 'GET', false);
			await answer.body?.cancel();
			const isImmutable = file.startsWith('/_app/immutable/');
			expect([file, answer.status]).toEqual([file, 200]);
			expect([file, answer.headers.get('cache-control')?.includes('immutable')]).toEqual([file, isImmutable]);
		}
	});

	it('what is not there, and addresses that are none', async () => {
		for (const at of ['/nothing.js', '/_app/nothing', '/api/v1/nothing', '/api', '/%E0%A4%A', '/healthz/more'])
			await expectWalls(at, 'GET', at.startsWith('/api'));
	});
});

describe('address and headers of a request', () => {
	const ask = async (target: string, header: string) => {
		const { host } = new URL(server.origin);
		const said = `GET ${target} HTTP/1.1\r\nhost: ${host}\r\nx-filler: ${header}\r\nconnection: close\r\n\r\n`;
		return Number(/^HTTP\/1\.1 (\d+)/.exec(await sayRaw(server.origin, said))?.[1]);
	};
	const LIMIT = 16 * 1024;

	it('are heard up to 16 KiB, and no further', async () => {
		expect(await ask('/anliegen', 'x'.repeat(LIMIT - 512))).toBe(200);
		expect(await ask('/anliegen', 'x'.repeat(LIMIT + 1))).toBe(431);
		expect(await ask(`/anliegen?${'x'.repeat(LIMIT - 512)}`, 'x')).toBe(200);
		expect(await ask(`/anliegen?${'x'.repeat(LIMIT + 1)}`, 'x')).toBe(431);
	});
});
