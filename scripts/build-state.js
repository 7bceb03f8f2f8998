/** Whether what was built is older than what it was built from. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** The last file a build writes. */
const BUILT = 'build/handler.js';
const SOURCES = [
	'src',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json'
];

/** The Einlesedienst, which needs no screens; see vite.feed.config.ts. */
const FEED_BUILT = 'build-feed/feed.js';
const FEED_SOURCES = [
	...['domain', 'crypto', 'storage', 'sync', 'import', 'services', 'feed'].map((floor) => `src/lib/${floor}`),
	'package-lock.json',
	'vite.feed.config.ts'
];
export const isFeedStale = () => isBuildStale(FEED_SOURCES, FEED_BUILT);

/** Missing, or one of its sources is newer. */
export function isBuildStale(/** @type {readonly string[]} */ sources = SOURCES, built = BUILT) {
	if (!existsSync(built)) return true;
	const made = statSync(built).mtimeMs;
	return sources.some((source) => newest(source) > made);
}

/**
 * @param {string} source
 * @returns {number}
 */
function newest(source) {
	if (!existsSync(source)) return 0;
	const status = statSync(source);
	if (!status.isDirectory()) return status.mtimeMs;
	return readdirSync(source).reduce((time, name) => Math.max(time, newest(path.join(source, name))), status.mtimeMs);
}
