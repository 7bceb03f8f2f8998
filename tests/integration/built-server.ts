/** The built server for tests: built once where it is missing, started as a process, spoken to by raw bytes where fetch is too polite. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { isBuildStale } from '../../scripts/build-state.js';
import { ServerProcess } from '../e2e/server-process';

const BUILD_LIMIT_MS = 240_000;
const LOCK = 'node_modules/.notschalter-build';

/** Of the app as these tests meet it; screens may have changed since. */
const SOURCES = [
	...['domain', 'crypto', 'sync', 'server'].map((layer) => `src/lib/${layer}`),
	...['api', 'healthz', 'readyz'].map((folder) => `src/routes/${folder}`),
	'src/hooks.server.ts',
	'svelte.config.js'
];

/** Builds the app when there is no build of these sources; another test file that is building is waited for. */
export async function ensureBuild(): Promise<void> {
	const deadline = Date.now() + BUILD_LIMIT_MS;
	while (existsSync(LOCK) || isBuildStale(SOURCES)) {
		// Whoever made it was ended in the middle.
		if (existsSync(LOCK) && Date.now() - statSync(LOCK).ctimeMs > BUILD_LIMIT_MS) rmSync(LOCK, { recursive: true });
		if (Date.now() > deadline) throw new Error('the build did not come about');
		try {
			mkdirSync(LOCK);
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 500));
			continue;
		}
		try {
			const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], { encoding: 'utf8' });
			if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}\n${built.stderr}`);
		} finally {
			rmSync(LOCK, { recursive: true });
		}
	}
}

export async function startBuiltServer(environment: Record<string, string> = {}): Promise<ServerProcess> {
	await ensureBuild();
	const server = await ServerProcess.create();
	await server.start(environment);
	return server;
}

/** Sends these bytes and gives back all that comes until the line is closed. */
export function sayRaw(origin: string, ...parts: readonly string[]): Promise<string> {
	const { hostname, port } = new URL(origin);
	return new Promise((resolve, reject) => {
		const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
		let answer = '';
		socket.on('data', (chunk) => (answer += chunk.toString()));
		socket.on('close', () => resolve(answer));
		socket.on('error', reject);
		for (const part of parts) socket.write(part);
	});
}
