/** Below /api every answer is ours: CORS, no-store, problems in place of pages. */
import { describe, expect, it } from 'vitest';
import { framedAnswer, preflightAnswer } from '$lib/server/api-frame';
import { problem } from '$lib/server/problem';

describe('an answer below /api', () => {
	it.each([
		[404, 'not-found'],
		[405, 'method-not-allowed'],
		[500, 'server-fault']
	])('is a problem where the framework says %i', async (status, type) => {
		const framed = framedAnswer(new Response('<html>geheim</html>', { status }));
		expect(framed.status).toBe(status);
		expect(framed.headers.get('content-type')).toBe('application/problem+json');
		expect(await framed.json()).toMatchObject({ type, status });
	});

	it('keeps the words of an endpoint', async () => {
		const framed = framedAnswer(problem('token-time', { time: 7 }));
		expect(await framed.json()).toMatchObject({ type: 'token-time', time: 7, status: 401 });
	});

	it.each([framedAnswer(new Response('ok')), framedAnswer(problem('too-large')), preflightAnswer()])(
		'may be read from any origin without credentials, and is not stored',
		(answer) => {
			expect(answer.headers.get('access-control-allow-origin')).toBe('*');
			expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
			expect(answer.headers.get('cache-control')).toBe('no-store');
		}
	);

	it('tells when to come again', () => {
		expect(problem('too-many-attempts', { retryAfterMs: 1_200 }).headers.get('retry-after')).toBe('2');
	});
});
