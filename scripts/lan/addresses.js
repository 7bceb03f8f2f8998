/** Under which names and private addresses this machine is found by others on its network. */
import { BlockList, isIP } from 'node:net';

/**
 * What RFC 1918, RFC 3927, RFC 4193 and the loopback leave to everybody. Two notebooks on one switch without a router
 * speak by 169.254/16. `fe80::/10` is missing: no browser can be told the interface that such an address needs.
 */
export const PRIVATE_RANGES = /** @type {const} */ ([
	'10.0.0.0/8',
	'172.16.0.0/12',
	'192.168.0.0/16',
	'169.254.0.0/16',
	'127.0.0.0/8',
	'fc00::/7',
	'::1/128'
]);

const privateRanges = new BlockList();
for (const range of PRIVATE_RANGES) {
	const [network = '', bits] = range.split('/');
	privateRanges.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4');
}

/** Cards that lead to no other computer: virtual machines, containers, tunnels. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|VMware|VirtualBox|tun|tap|wg|ifb)/i;
/** The better the more likely a counter reaches it; link-local addresses come and go. */
const RANGE_RANK = [/^192\.168\./, /^10\./, /^172\./, /^169\.254\./];
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** @typedef {NodeJS.Dict<readonly Pick<import('node:os').NetworkInterfaceInfo, 'address' | 'internal'>[]>} Interfaces As os.networkInterfaces() gives them. */

/**
 * @typedef {object} Machine
 * @property {readonly string[]} names DNS names, the most likely first.
 * @property {readonly string[]} addresses Private ones that others can reach, the most likely first; IPv4 before IPv6.
 */

/** @param {string} address Without zone. */
export const isPrivateAddress = (address) =>
	privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') && isIP(address) !== 0;

/**
 * @param {string} hostname As the operating system names this machine.
 * @param {Interfaces} interfaces
 * @returns {Machine}
 */
export function machineOf(hostname, interfaces) {
	const full = hostname.toLowerCase().replace(/\.$/, '');
	const [label = ''] = full.split('.');
	const isName = full.split('.').every((part) => LABEL.test(part));
	const names = isName && label !== 'localhost' ? [...new Set([`${label}.local`, label, full])] : [];
	const reachable = Object.entries(interfaces).flatMap(([card, infos = []]) =>
		infos
			.filter(({ internal, address }) => !internal && isIP(address) && isPrivateAddress(address))
			.map(({ address }) => ({ address, rank: rankOf(card, address) }))
	);
	reachable.sort((a, b) => a.rank - b.rank || a.address.localeCompare(b.address, 'en', { numeric: true }));
	return { names, addresses: [...new Set(reachable.map(({ address }) => address))] };
}

/** @param {string} card @param {string} address */
function rankOf(card, address) {
	const range = RANGE_RANK.findIndex((pattern) => pattern.test(address));
	return (VIRTUAL.test(card) ? 10 : 0) + (range < 0 ? RANGE_RANK.length : range);
}

/** Everything a certificate should name: this machine for others, and for itself. @param {Machine} machine */
export const hostsOf = ({ names, addresses }) => [...names, 'localhost', ...addresses, '127.0.0.1', '::1'];

/** The host of an address as certificates name it: without brackets. @param {string} origin */
export const hostOf = (origin) => new URL(origin).hostname.replace(/^\[|\]$/g, '');

/** @param {string} host @param {number} port */
export const originOf = (host, port) => new URL(`https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`).origin;
