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

/**
 * Cards that lead to no counter: virtual machines, containers, tunnels. They come and go with programs that have nothing
 * to do with this one. An external switch of Hyper-V is left: there the office's own network is.
 */
const VIRTUAL =
	/^(docker|podman|cni|flannel|cali|kube|br-[0-9a-f]{12}|veth(?!ernet)|virbr|lxc|lxd|vmnet|vboxnet|VMware|VirtualBox|vEthernet \((Default|WSL|nat|Docker)|u?tun|tap|wg|wt\d|zt|ZeroTier|tailscale|nordlynx|WireGuard|OpenVPN|ppp|ipsec|ifb|awdl|llw)/i;
const LINK_LOCAL = /^169\.254\./;
/** The better the more likely a counter reaches it; link-local addresses come and go. */
const RANGE_RANK = [/^192\.168\./, /^10\./, /^172\./, /^169\.254\./];
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** @typedef {NodeJS.Dict<readonly Pick<import('node:os').NetworkInterfaceInfo, 'address' | 'internal'>[]>} Interfaces As os.networkInterfaces() gives them. */

/**
 * @typedef {object} Machine
 * @property {readonly string[]} names DNS names, the most likely first.
 * @property {readonly string[]} addresses Private ones that others can reach, the most likely first; IPv4 before IPv6.
 * @property {readonly string[]} lasting Those of them that a counter would use; see {@link lastingOf}.
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
			.map(({ address }) => ({ address, isVirtual: VIRTUAL.test(card), rank: rankOf(card, address) }))
	);
	reachable.sort((a, b) => a.rank - b.rank || a.address.localeCompare(b.address, 'en', { numeric: true }));
	const addresses = [...new Set(reachable.map(({ address }) => address))];
	const real = new Set(reachable.filter(({ isVirtual }) => !isVirtual).map(({ address }) => address));
	return { names, addresses, lasting: lastingOf(addresses.filter((address) => real.has(address))) };
}

/**
 * Link-local ones count only where a machine has nothing else: two notebooks on one switch. Of IPv6 many are temporary
 * (RFC 8981), and Node does not tell which: they count only where there is no IPv4.
 * @param {readonly string[]} real Without those of virtual cards.
 */
function lastingOf(real) {
	const ranks = [
		real.filter((address) => isIP(address) === 4 && !LINK_LOCAL.test(address)),
		real.filter((address) => isIP(address) === 6),
		real
	];
	return ranks.find((found) => found.length > 0) ?? [];
}

/** @param {string} card @param {string} address */
function rankOf(card, address) {
	const range = RANGE_RANK.findIndex((pattern) => pattern.test(address));
	return (VIRTUAL.test(card) ? 10 : 0) + (range < 0 ? RANGE_RANK.length : range);
}

/** Everything a certificate should name: this machine for others, and for itself. @param {Machine} machine */
export const hostsOf = ({ names, addresses }) => [...names, 'localhost', ...addresses, '127.0.0.1', '::1'];

/**
 * Without which of them a certificate is to be renewed. Of several IPv6 addresses one that is named is enough: a
 * temporary one is replaced every day.
 * @param {Machine} machine
 * @param {(host: string) => boolean} isNamed
 */
export function missingHosts({ names, lasting }, isNamed) {
	const isSixNamed = lasting.some((address) => isIP(address) === 6 && isNamed(address));
	const wanted = lasting.filter((address) => isIP(address) === 4 || !isSixNamed);
	return [...names, 'localhost', ...wanted].filter((host) => !isNamed(host));
}

/** The host of an address as certificates name it: without brackets. @param {string} origin */
export const hostOf = (origin) => new URL(origin).hostname.replace(/^\[|\]$/g, '');

/** @param {string} host @param {number} port */
export const originOf = (host, port) => new URL(`https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`).origin;
