/** The one Trusted Types policy of ours: the only scripts a page may load by address are its own workers. */

interface ScriptUrlPolicy {
	createScriptURL(url: string): unknown;
}
interface TrustedTypes {
	createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

const SERVICE_WORKER = '/service-worker.js';
const WORKERS = /^\/_app\/immutable\/[\w./-]+\.js$/;
/** The development server serves sources from anywhere below its root. */
const DEVELOPMENT = import.meta.env.DEV;

/** Gives the address back unchanged, or throws: an address of somebody else's here is a bug or an attack. */
export function checkedScriptUrl(url: string, origin: string, development = DEVELOPMENT): string {
	const { origin: from, pathname } = new URL(url, origin);
	const known = pathname === SERVICE_WORKER || WORKERS.test(pathname) || development;
	if (from !== origin || !known) throw new TypeError('script address not allowed');
	return url;
}

let policy: ScriptUrlPolicy | null = null;

/**
 * The address of a worker or of the service worker, as the page's Trusted Types want it.
 * Typed as a string, since `new Worker` and workbox-window take either; browsers without Trusted Types get the plain address.
 */
export function trustedScriptUrl(url: string): string {
	const createScriptURL = (address: string): string => checkedScriptUrl(address, self.location.origin);
	const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
	if (!trustedTypes) return createScriptURL(url);
	policy ??= trustedTypes.createPolicy('notschalter-script-url', { createScriptURL });
	return policy.createScriptURL(url) as string;
}
