/** Who may see the status page. */
import { describe, expect, it } from 'vitest';
import { refuseHub, type HubCall } from '$lib/server/hub-access';
import { createAddressLimit } from '$lib/server/rate-limit';

const CODE = '7KXM-0RT4-9HQ2';
const gate = (code: string | null, now = () => 1_000) => ({
	code,
	localAddress: 'http://localhost:4780/hub',
	isBehindProxy: false,
	limit: createAddressLimit(3, 60_000),
	now
});
const call = (address: string, host: string, more: Record<string, string> = {}, isEncrypted = true): HubCall => ({
	address,
	isEncrypted,
	headers: new Headers({ host, ...more })
});
const basic = (password: string) => ({ authorization: `Basic ${Buffer.from(`x:${password}`).toString('base64')}` });
const statusOf = (response: Response | null) => response?.status ?? 200;

describe('the status page', () => {
	it.each([
		['127.0.0.1', 'localhost:4780'],
		['::1', '[::1]:4780'],
		['::ffff:127.0.0.1', '127.0.0.1:4780']
	])('is open at the machine itself: %s as %s', (address, host) =>
		expect(statusOf(refuseHub(call(address, host, {}, false), gate(null)))).toBe(200)
	);

	it.each([
		['another machine', call('192.168.1.20', 'localhost:4780')],
		['another machine that calls itself by IPv6', call('::ffff:192.168.1.20', 'localhost')],
		['a name that somebody leads here', call('127.0.0.1', 'evil.example')],
		['a name that only begins like this machine', call('127.0.0.1', 'localhost.evil.example')],
		['no name', { ...call('127.0.0.1', ''), headers: new Headers() }],
		['a proxy on this machine', call('127.0.0.1', 'localhost', { 'x-forwarded-for': '192.168.1.20' })],
		['a proxy of another make', call('127.0.0.1', 'localhost', { forwarded: 'for=192.168.1.20' })]
	])('is shut for %s without a code, whatever it sends', (_who, from) => {
		expect(statusOf(refuseHub(from, gate(null)))).toBe(403);
		expect(statusOf(refuseHub({ ...from, headers: new Headers(basic(CODE)) }, gate(null)))).toBe(403);
	});

	it('needs the code for everybody behind a proxy, also one that says nothing of itself and asks for localhost', () => {
		const proxied = call('127.0.0.1', 'localhost', {}, false);
		expect(statusOf(refuseHub(proxied, { ...gate(null), isBehindProxy: true }))).toBe(403);
		expect(statusOf(refuseHub(proxied, { ...gate(CODE), isBehindProxy: true }))).toBe(401);
		const withCode = call('127.0.0.1', 'localhost', basic(CODE), false);
		expect(statusOf(refuseHub(withCode, { ...gate(CODE), isBehindProxy: true }))).toBe(200);
	});

	it('opens by the code from elsewhere, as codes are typed, and asks for it otherwise', async () => {
		const from = (more: Record<string, string>) => call('192.168.1.20', 'hub.intern', more);
		expect(statusOf(refuseHub(from(basic(CODE)), gate(CODE)))).toBe(200);
		expect(statusOf(refuseHub(from(basic('7kxm ort4 9hq2')), gate(CODE)))).toBe(200);
		for (const wrong of [
			{},
			basic('7KXM-0RT4-9HQ3'),
			basic(''),
			{ authorization: 'Basic %%%' },
			{ authorization: 'Bearer x' }
		]) {
			const refused = refuseHub(from(wrong), gate(CODE))!;
			expect(refused.status).toBe(401);
			expect(refused.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
			expect(await refused.text()).not.toContain('7KXM');
		}
	});

	it('takes no code over a line that others can read', () =>
		expect(statusOf(refuseHub(call('192.168.1.20', 'hub.intern', basic(CODE), false), gate(CODE)))).toBe(403));

	it('makes guessing slow, and not asking', () => {
		const guarded = gate(CODE);
		const from = (more: Record<string, string>) => call('192.168.1.20', 'hub.intern', more);
		for (let i = 0; i < 5; i++) expect(statusOf(refuseHub(from({}), guarded))).toBe(401);
		for (let i = 0; i < 3; i++) expect(statusOf(refuseHub(from(basic(`WRONG-${i}`)), guarded))).toBe(401);
		const refused = refuseHub(from(basic(CODE)), guarded)!;
		expect(refused.status).toBe(429);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(statusOf(refuseHub(call('192.168.1.21', 'hub.intern', basic(CODE)), guarded))).toBe(200);
	});
});
