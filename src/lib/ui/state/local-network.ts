/**
 * Chrome's and Edge's question before a page calls a server of the local network (Local Network Access, Chrome 142): it comes
 * when the server is nearer than where the page came from, and a „no“ looks like a server that is not there.
 * https://wicg.github.io/local-network-access/
 */

/** From far to near: only a call to something nearer is asked about. */
const SPACES = ['public', 'local', 'loopback'] as const;
type AddressSpace = (typeof SPACES)[number];

/** RFC 1918, RFC 3927, RFC 6598, RFC 4193, RFC 4291; names ending in .local are of the local network (RFC 6762). */
const LOCAL = [
	/^10(\.\d+){3}$/,
	/^192\.168(\.\d+){2}$/,
	/^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/,
	/^169\.254(\.\d+){2}$/,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}$/,
	/^\[f[cd][0-9a-f]{2}:/,
	/^\[fe[89ab][0-9a-f]:/,
	/\.local$/
];
const LOOPBACK = [/^127(\.\d+){3}$/, /^\[::1\]$/, /^localhost$/, /\.localhost$/];

/** By what is written; a name that only a resolver could place counts as public. */
export function addressSpaceOf(hostname: string): AddressSpace {
	const host = hostname.toLowerCase();
	const looksLike = (forms: readonly RegExp[]) => forms.some((form) => form.test(host));
	return looksLike(LOOPBACK) ? 'loopback' : looksLike(LOCAL) ? 'local' : 'public';
}

export const isNearer = (target: AddressSpace, page: AddressSpace): boolean =>
	SPACES.indexOf(target) > SPACES.indexOf(page);

/** Newer browsers ask for each of the two; 142 to 144 for both at once. */
const NAMES = {
	local: ['local-network', 'local-network-access'],
	loopback: ['loopback-network', 'local-network-access']
} as const;

/** What the browser will say to a call of `origin` from this page; null where it asks nothing. */
export async function localNetworkAccess(origin: string): Promise<PermissionState | null> {
	const url = URL.parse(origin);
	if (!url || url.origin === location.origin) return null;
	const target = addressSpaceOf(url.hostname);
	if (target === 'public' || !isNearer(target, addressSpaceOf(location.hostname))) return null;
	for (const name of NAMES[target]) {
		try {
			return (await navigator.permissions.query({ name: name as PermissionName })).state;
		} catch {
			// This browser does not know the name; perhaps the next.
		}
	}
	return null;
}
