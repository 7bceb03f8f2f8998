/** Where a server stands, as the browser's question about the local network judges it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressSpaceOf, isNearer, localNetworkAccess } from '$lib/ui/state/local-network';

it.each([
	['10.0.0.7', 'local'],
	['172.16.0.1', 'local'],
	['172.31.255.1', 'local'],
	['172.32.0.1', 'public'],
	['192.168.2.10', 'local'],
	['169.254.3.4', 'local'],
	['100.64.0.1', 'local'],
	['100.128.0.1', 'public'],
	['[fd12::1]', 'local'],
	['[fe80::1]', 'local'],
	['[2001:db8::1]', 'public'],
	['Schalter-Hub.local', 'local'],
	['127.0.0.1', 'loopback'],
	['[::1]', 'loopback'],
	['localhost', 'loopback'],
	['10.example.de', 'public'],
	['notschalter.stadt.example', 'public']
] as const)('%s is %s', (host, space) => expect(addressSpaceOf(host)).toBe(space));

it('only what is nearer than the page is asked about', () => {
	expect(isNearer('local', 'public')).toBe(true);
	expect(isNearer('loopback', 'local')).toBe(true);
	expect(isNearer('local', 'local')).toBe(false);
	expect(isNearer('public', 'loopback')).toBe(false);
});

describe('the browser’s answer', () => {
	const asked: string[] = [];
	const from = (page: string, states: Record<string, PermissionState>) => {
		asked.length = 0;
		vi.stubGlobal('location', new URL(page));
		vi.stubGlobal('navigator', {
			permissions: {
				query: async ({ name }: { name: string }) => {
					asked.push(name);
					const state = states[name];
					if (!state) throw new TypeError('not a name of a permission');
					return { state };
				}
			}
		});
	};
	afterEach(() => vi.unstubAllGlobals());

	it('is asked for by the name that this browser knows', async () => {
		from('https://zentrale.example/abgleich', { 'local-network-access': 'prompt' });
		expect(await localNetworkAccess('https://192.168.2.10:4780')).toBe('prompt');
		expect(asked).toEqual(['local-network', 'local-network-access']);
		from('https://zentrale.example', { 'local-network': 'denied' });
		expect(await localNetworkAccess('https://192.168.2.10:4780')).toBe('denied');
	});

	it('is none where nothing is asked: the page’s own server, one further off, no address, an old browser', async () => {
		from('https://192.168.2.10:4780', { 'local-network': 'prompt', 'loopback-network': 'prompt' });
		for (const origin of ['https://192.168.2.10:4780', 'https://10.0.0.1', 'https://a.example', 'https://', ''])
			expect(await localNetworkAccess(origin)).toBeNull();
		expect(asked).toEqual([]);
		from('https://zentrale.example', {});
		expect(await localNetworkAccess('https://192.168.2.10')).toBeNull();
	});
});
