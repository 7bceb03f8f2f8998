/** Builds the Einlesedienst beside the one in use and then puts it in its place: two builds at once, or a run while one builds, find a whole file. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = path.join(ROOT, 'build-feed');
export const VITE = path.join(ROOT, 'node_modules/vite/bin/vite.js');
export const BUNDLE = path.join(FOLDER, 'feed.js');
const UNDER_WAY = '.building-';
/** No build takes that long: what is older was left by one that was killed. */
const LEFT_AFTER_MS = 3_600_000;

/** Null: it is built; else what the build said. */
export function buildFeed() {
	mkdirSync(FOLDER, { recursive: true });
	removeLeft();
	const own = path.join(FOLDER, `${UNDER_WAY}${process.pid}`);
	const run = spawnSync(process.execPath, [VITE, 'build', '--config', 'vite.feed.config.ts', '--outDir', own], {
		cwd: ROOT,
		encoding: 'utf8'
	});
	try {
		if (run.status !== 0) return `${run.stdout}\n${run.stderr}`;
		renameSync(path.join(own, 'feed.js'), BUNDLE);
		return null;
	} finally {
		rmSync(own, { recursive: true, force: true });
	}
}

function removeLeft() {
	for (const name of readdirSync(FOLDER)) {
		const left = path.join(FOLDER, name);
		// Another build may remove its own folder at this moment.
		const status = name.startsWith(UNDER_WAY) ? statSync(left, { throwIfNoEntry: false }) : undefined;
		if (status && Date.now() - status.mtimeMs > LEFT_AFTER_MS) rmSync(left, { recursive: true, force: true });
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const fault = buildFeed();
	if (fault !== null) console.error(fault);
	process.exitCode = fault === null ? 0 : 1;
}
