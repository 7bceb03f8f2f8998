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

/** Missing, or one of its sources is newer. */
export function isBuildStale(/** @type {readonly string[]} */ sources = SOURCES) {
	if (!existsSync(BUILT)) return true;
	const made = statSync(BUILT).mtimeMs;
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
