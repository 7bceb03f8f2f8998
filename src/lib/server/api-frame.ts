/** What every answer below /api has, whoever made it: CORS, no-store, and a problem in place of a page. */
import { problem } from './problem';

const METHODS = 'POST, OPTIONS';
const CORS = {
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'retry-after',
	'cache-control': 'no-store'
} as const;

/** Devices may use several servers, so any origin may ask; there are no cookies it could misuse. */
export const preflightAnswer = (): Response =>
	framed(
		new Response(null, {
			status: 204,
			headers: {
				'access-control-allow-methods': METHODS,
				'access-control-allow-headers': 'authorization, content-type, accept',
				'access-control-max-age': '86400'
			}
		})
	);

/** The answer of an endpoint as it is; the framework's own 404, 405 and 500 as problems. */
export function framedAnswer(answer: Response): Response {
	const type = answer.headers.get('content-type') ?? '';
	if (answer.status < 400 || type.startsWith('application/problem+json')) return framed(answer);
	if (answer.status === 404) return framed(problem('not-found'));
	if (answer.status === 405) return framed(problem('method-not-allowed', { allow: METHODS }));
	return framed(problem('server-fault'));
}

function framed(answer: Response): Response {
	for (const [name, value] of Object.entries(CORS)) answer.headers.set(name, value);
	return answer;
}
