/** Addresses in disguise: nobody gets to an endpoint past its frame, and every answer has its headers. */
import { expect, it, vi } from 'vitest';
import { createAnswerer } from '../../../scripts/answer.js';

type Answer = ReturnType<typeof createAnswerer>;

/** Asks by hand: who answered, with what. */
function ask(url: string) {
	const handler = vi.fn();
	const headers = new Map<string, string>();
	const response = {
		statusCode: 200,
		once: () => undefined,
		setHeader: (name: string, value: string) => void headers.set(name, value),
		end: () => undefined
	};
	const answer = createAnswerer({
		config: { origin: 'http://localhost:4780', tls: null, lan: null, isOriginGone: false },
		build: { files: new Set(['/']), contentSecurityPolicy: "default-src 'self'" },
		handler
	});
	const request = { url, method: 'GET', headers: { host: 'localhost:4780' } };
	answer(request as unknown as Parameters<Answer>[0], response as unknown as Parameters<Answer>[1]);
	return { handled: handler.mock.calls.length, status: response.statusCode, headers };
}

it.each(['/api/v1/hello', '/healthz', '/healthz?probe=1', '/api'])('%s is for the endpoints', (url) => {
	expect(ask(url)).toMatchObject({ handled: 1, status: 200 });
});

it.each(['/%61pi/v1/hello', '/ap%69', '/api%2Fv1%2Fhello', '/%68ealthz', '/read%79z?probe=1'])(
	'%s, an endpoint in disguise, is none',
	(url) => {
		expect(ask(url)).toMatchObject({ handled: 0, status: 404 });
	}
);

it.each(['/%E0%A4%A', 'http://elsewhere.example/', '*', ''])(
	'the unreadable address %j is a 400 with all headers',
	(url) => {
		const { handled, status, headers } = ask(url);
		expect([handled, status]).toEqual([0, 400]);
		for (const name of [
			'content-security-policy',
			'cross-origin-resource-policy',
			'x-content-type-options',
			'cache-control'
		])
			expect(headers.has(name), name).toBe(true);
	}
);
