/** Which files the first page needs, and which the service worker keeps: read from the build, so that no list goes stale. */
import { readdirSync, readFileSync } from 'node:fs';

const CLIENT = 'build/client';
const SHELL = 'build/prerendered/index.html';

/** JavaScript that the shell names or loads before anything is shown. @returns {string[]} */
export function firstLoadScripts() {
	const shell = readFileSync(SHELL, 'utf8');
	const preloaded = [...shell.matchAll(/href="(\/_app\/[^"]+\.js)" rel="modulepreload"/g)].map(([, url]) => url);
	const direct = [...shell.matchAll(/<script src="([^"]+)"/g)].map(([, url]) => url);
	if (preloaded.length < 3) throw new Error(`${SHELL} names no scripts: has the build changed its form?`);
	return [...direct, ...preloaded].map((url) => CLIENT + url);
}

/** Everything that is kept on the device: all of the client but packed copies, and the shell. @returns {string[]} */
export function precachedFiles() {
	const files = readdirSync(CLIENT, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/\.(gz|br)$/.test(entry.name) && entry.name !== 'service-worker.js')
		.map((entry) => `${entry.parentPath}/${entry.name}`);
	return [...files, SHELL];
}
