/** Under which names and addresses others find this machine. */
import { describe, expect, it } from 'vitest';
import {
	hostOf,
	hostsOf,
	isPrivateAddress,
	machineOf,
	missingHosts,
	originOf
} from '../../../scripts/lan/addresses.js';
import { chooseOrigin } from '../../../scripts/lan/origin.js';
import { aMachine } from '../../support/lan-files';

const card = (...addresses: readonly string[]) => addresses.map((address) => ({ address, internal: false }));

describe('a machine', () => {
	it('is known by its name with and without .local, and by its private addresses, the likeliest first', () => {
		const machine = machineOf('HUB-1', {
			lo: [{ address: '127.0.0.1', internal: true }],
			docker0: card('172.17.0.1'),
			wlan0: card('169.254.7.7', 'fe80::1'),
			eth0: card('10.20.30.5', '203.0.113.9', 'fd00::5', '2001:db8::5'),
			eth1: card('192.168.1.10', '192.168.1.9'),
			gone: undefined
		});
		expect(machine).toEqual({
			names: ['hub-1.local', 'hub-1'],
			addresses: ['192.168.1.9', '192.168.1.10', '10.20.30.5', '169.254.7.7', 'fd00::5', '172.17.0.1'],
			lasting: ['192.168.1.9', '192.168.1.10', '10.20.30.5']
		});
		expect(hostsOf(machine)).toEqual([...machine.names, 'localhost', ...machine.addresses, '127.0.0.1', '::1']);
	});

	it('keeps a full name, and has none where its name is none', () => {
		expect(machineOf('hub.rathaus.intern.', {}).names).toEqual(['hub.local', 'hub', 'hub.rathaus.intern']);
		for (const name of ['', 'localhost', 'hub_1', '-x', 'Rechner von Erika', 'größe'])
			expect([name, machineOf(name, {}).names]).toEqual([name, []]);
	});

	it.each([
		['docker0', '172.17.0.1'],
		['br-0a1b2c3d4e5f', '172.18.0.1'],
		['veth12ab', '169.254.3.3'],
		['virbr0', '192.168.122.1'],
		['wg0', '10.8.0.2'],
		['utun4', '10.8.0.2'],
		['tailscale0', 'fd7a:115c::1'],
		['vEthernet (WSL)', '172.30.0.1'],
		['VirtualBox Host-Only Network', '192.168.56.1']
	])('names the address of the card %s, but needs it for nothing', (name, address) => {
		const machine = machineOf('hub', { eth0: card('10.0.0.5'), [name]: card(address) });
		expect(machine.addresses).toContain(address);
		expect(machine.lasting).toEqual(['10.0.0.5']);
		expect(machineOf('hub', { [name]: card(address) }).lasting).toEqual([]);
	});

	it.each(['br0', 'br-lan', 'enp3s0', 'wlan0', 'vEthernet (Rathausnetz)', 'Ethernet 2', 'bridge100'])(
		'is found by counters at the card %s',
		(name) => expect(machineOf('hub', { [name]: card('10.0.0.5') }).lasting).toEqual(['10.0.0.5'])
	);

	it('is found at its link-local address only where it has no other, and by IPv6 only without IPv4', () => {
		expect(aMachine('169.254.7.7', '10.0.0.5', 'fd00::5').lasting).toEqual(['10.0.0.5']);
		expect(aMachine('169.254.7.7').lasting).toEqual(['169.254.7.7']);
		expect(aMachine('fd00::5', 'fd00::77', '169.254.7.7').lasting).toEqual(['fd00::5', 'fd00::77']);
	});

	it('misses no temporary IPv6 address while another of its own is named', () => {
		const named =
			(...hosts: string[]) =>
			(host: string) =>
				['hub.local', 'hub', 'localhost', ...hosts].includes(host);
		expect(missingHosts(aMachine('fd00::5', 'fd00::77'), named('fd00::5'))).toEqual([]);
		expect(missingHosts(aMachine('fd00::5', 'fd00::77'), named())).toEqual(['fd00::5', 'fd00::77']);
		expect(missingHosts(aMachine('10.0.0.5', '10.0.0.6'), named('10.0.0.5'))).toEqual(['10.0.0.6']);
	});

	it.each(['8.8.8.8', '100.64.0.1', '172.15.0.1', '192.0.2.2', 'fe80::1', '2001:db8::1', 'hub', '', '10.0.0.256'])(
		'is not found by others at %j',
		(address) => expect(isPrivateAddress(address)).toBe(false)
	);
});

describe('the address of the app', () => {
	const port = 4780;
	const nothing = { given: null, stored: null, port };

	it('is written with brackets where it must be', () => {
		expect(originOf('fd00::5', port)).toBe('https://[fd00::5]:4780');
		expect(hostOf('https://[fd00::5]:4780')).toBe('fd00::5');
		expect(originOf('10.0.0.5', 443)).toBe('https://10.0.0.5');
	});

	it('is the likeliest private address at first', () => {
		expect(chooseOrigin({ ...nothing, machine: aMachine('fd00::5', '10.0.0.5') })).toEqual({
			origin: 'https://10.0.0.5:4780',
			isKept: true,
			isGone: false,
			notices: []
		});
	});

	it('is not chosen for good before there is a network', () => {
		const chosen = chooseOrigin({ ...nothing, machine: aMachine() });
		expect(chosen).toMatchObject({ origin: 'https://localhost:4780', isKept: false });
		expect(chosen.notices.join()).toMatch(/keine private Netzadresse/);
	});

	it('stays what it was while it is one of this machine’s', () => {
		const stored = 'https://10.0.0.5:4780';
		const chosen = chooseOrigin({ ...nothing, stored, machine: aMachine('192.168.1.2', '10.0.0.5') });
		expect(chosen).toMatchObject({ origin: stored, isGone: false, notices: [] });
	});

	it.each<[string, readonly string[], number]>([
		['another address', ['192.168.1.2'], port],
		['another port', ['10.0.0.5'], 4790],
		['no address', [], port]
	])('stays, and is said loudly to be gone, when the machine has %s', (_, addresses, now) => {
		const stored = 'https://10.0.0.5:4780';
		const chosen = chooseOrigin({ given: null, stored, machine: aMachine(...addresses), port: now });
		expect(chosen).toMatchObject({ origin: stored, isGone: true });
		expect(chosen.notices.join()).toMatch(/^ACHTUNG: Die Adresse https:\/\/10\.0\.0\.5:4780 gehört nicht mehr/);
	});

	it('is what ORIGIN says, and a change is said', () => {
		const machine = aMachine('192.168.1.2');
		const given = 'https://hub.local:4780';
		expect(chooseOrigin({ ...nothing, given, machine })).toMatchObject({ origin: given, notices: [] });
		const changed = chooseOrigin({ given, stored: 'https://10.0.0.5:4780', machine, port });
		expect(changed).toMatchObject({ origin: given, isKept: true, isGone: false });
		expect(changed.notices.join()).toMatch(/war bisher https:\/\/10\.0\.0\.5:4780 und ist jetzt/);
	});
});
