import { expect, it } from 'vitest';
import { checkedScriptUrl } from '$lib/services/trusted-script-url';

const ORIGIN = 'https://notschalter.example';

it.each(['/service-worker.js', '/_app/immutable/workers/argon2.worker-Ab1_.js', `${ORIGIN}/service-worker.js`])(
	'lets our own %s pass',
	(url) => expect(checkedScriptUrl(url, ORIGIN, false)).toBe(url)
);

it.each([
	'https://elsewhere.example/service-worker.js',
	'//elsewhere.example/_app/immutable/a.js',
	'/api/v1/a.js',
	'/_app/immutable/../../a.js',
	'data:text/javascript,0'
])('throws at %s', (url) => expect(() => checkedScriptUrl(url, ORIGIN, false)).toThrow(TypeError));

it('lets sources pass under development, but of no other origin', () => {
	expect(checkedScriptUrl('/src/lib/a.ts', ORIGIN, true)).toBe('/src/lib/a.ts');
	expect(() => checkedScriptUrl('https://elsewhere.example/a.js', ORIGIN, true)).toThrow(TypeError);
});
