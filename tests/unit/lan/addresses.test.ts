/** Under which names and addresses others find this machine. */
import { describe, expect, it } from 'vitest';
import { hostOf, hostsOf, isPrivateAddress, machineOf, originOf } from '../../../scripts/lan/addresses.js';
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
			addresses: ['192.168.1.9', '192.168.1.10', '10.20.30.5', '169.254.7.7', 'fd00::5', '172.17.0.1']
		});
		expect(hostsOf(machine)).toEqual([...machine.names, 'localhost', ...machine.addresses, '127.0.0.1', '::1']);
	});

	it('keeps a full name, and has none where its name is none', () => {
		expect(machineOf('hub.rathaus.intern.', {}).names).toEqual(['hub.local', 'hub', 'hub.rathaus.intern']);
		for (const name of ['', 'localhost', 'hub_1', '-x', 'Rechner von Erika', 'größe'])
			expect([name, machineOf(name, {}).names]).toEqual([name, []]);
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
