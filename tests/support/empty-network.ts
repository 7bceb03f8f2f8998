/** A network namespace with nothing in it but the loopback: what runs there reaches no other machine. Needs Linux and, for root, `setpriv`. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const isRoot = process.getuid?.() === 0;
/** `nobody` of Debian and most others. */
const NOBODY = 65534;

export interface EmptyNetwork {
	/** Starts a program in it, as an ordinary user. */
	spawn(program: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
	/** A script that runs `program` in it, with whatever arguments and handles it is given. */
	wrapper(program: string): string;
	/** Makes a folder that the ordinary user owns. */
	readonly user: { readonly uid: number; readonly gid: number };
	stop(): Promise<void>;
}

export async function createEmptyNetwork(): Promise<EmptyNetwork> {
	// Somebody who is not root becomes root of a namespace of his own, and is an ordinary user outside of it.
	const enter = isRoot ? ['--net'] : ['--user', '--map-root-user', '--net'];
	const keeper = spawn('unshare', [...enter, 'sh', '-c', 'ip link set lo up && echo up && exec sleep infinity'], {
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	keeper.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const up = await Promise.race([once(keeper.stdout, 'data').then(() => true), once(keeper, 'exit').then(() => false)]);
	if (!up) throw new Error(`no network namespace can be made here: ${said}`);
	const target = ['--target', String(keeper.pid)];
	const user = isRoot ? { uid: NOBODY, gid: NOBODY } : { uid: process.getuid!(), gid: process.getgid!() };
	const inside = isRoot ? [...target, '--net'] : [...target, '--user', '--net', '--preserve-credentials'];
	const asUser = isRoot
		? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--no-new-privs']
		: [];
	return {
		user,
		spawn: (program, args, options = {}) => spawn('nsenter', [...inside, ...asUser, program, ...args], options),
		wrapper(program) {
			const file = path.join(mkdtempSync(path.join(tmpdir(), 'notschalter-net-')), 'run.sh');
			writeFileSync(file, `#!/bin/sh\nexec nsenter ${inside.join(' ')} ${program} "$@"\n`);
			chmodSync(file, 0o755);
			return file;
		},
		async stop() {
			const gone = once(keeper, 'exit');
			keeper.kill('SIGKILL');
			await gone;
		}
	};
}
