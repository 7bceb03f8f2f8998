/** A network of its own for a test: real addresses on a card that leads nowhere else, or none at all, by Linux namespaces, as root or as anybody. */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The two ends of one cable; both lie in the namespace. */
const CARD = 'lan0';
const OTHER_END = 'lan1';

/** `nobody` of Debian and most others. */
const NOBODY = 65534;

const NOT_HERE =
	'This test needs network namespaces of Linux (unshare, nsenter of util-linux; ip of iproute2). As root they work everywhere; for others the kernel must allow user namespaces.';

export class NetworkNamespace {
	readonly #holder: ChildProcess;
	readonly #isRoot = process.getuid?.() === 0;
	#addresses: readonly string[] = [];

	private constructor(holder: ChildProcess) {
		this.#holder = holder;
	}

	/** Throws with a sentence where namespaces cannot be made. `addresses` with the length of their network: `10.20.30.5/24`; none: only the loopback. */
	static async create(...addresses: readonly string[]): Promise<NetworkNamespace> {
		const isRoot = process.getuid?.() === 0;
		// It holds the namespace until it is ended, or until this process is gone and its input ends.
		const holder = spawn('unshare', [...(isRoot ? ['-n'] : ['-r', '-n']), 'sh', '-c', 'echo held && exec cat'], {
			stdio: ['pipe', 'pipe', 'inherit']
		});
		const held = await Promise.race([
			once(holder.stdout, 'data').then(() => true),
			once(holder, 'exit').then(() => false),
			once(holder, 'error').then(() => false)
		]);
		if (!held) throw new Error(NOT_HERE);
		const network = new NetworkNamespace(holder);
		network.#must('ip', 'link', 'set', 'lo', 'up');
		if (addresses.length === 0) return network;
		network.#must('ip', 'link', 'add', CARD, 'type', 'veth', 'peer', 'name', OTHER_END);
		for (const end of [CARD, OTHER_END]) {
			// An address of the link's own would come a second or two later, and Chromium gives up what it is loading when one does.
			network.#must('ip', 'link', 'set', end, 'addrgenmode', 'none');
			network.#must('ip', 'link', 'set', end, 'up');
		}
		network.setAddresses(...addresses);
		return network;
	}

	/** As after a move to another network. */
	setAddresses(...addresses: readonly string[]): void {
		for (const address of this.#addresses) this.#must('ip', 'address', 'delete', address, 'dev', CARD);
		// Without `nodad` an IPv6 address may not be used for its first second.
		for (const address of addresses)
			this.#must('ip', 'address', 'add', address, 'dev', CARD, ...(address.includes(':') ? ['nodad'] : []));
		this.#addresses = addresses;
	}

	/** The same command within the namespace. */
	command(program: string, ...args: readonly string[]): readonly [string, ...string[]] {
		const user = this.#isRoot ? [] : ['--user', '--preserve-credentials'];
		return ['nsenter', '--target', String(this.#holder.pid), '--net', ...user, '--', program, ...args];
	}

	/** An ordinary user, also where the tests run as root. */
	get user(): { readonly uid: number; readonly gid: number } {
		return this.#isRoot ? { uid: NOBODY, gid: NOBODY } : { uid: process.getuid!(), gid: process.getgid!() };
	}

	/** Starts a program within, as that user. */
	spawnAsUser(program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
		const { uid, gid } = this.user;
		const asUser = this.#isRoot
			? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs', program]
			: [program];
		const [first = program, ...rest] = asUser;
		const [command, ...words] = this.command(first, ...rest, ...args);
		return spawn(command, words, options);
	}

	/** A script that runs `program` within, with whatever arguments and handles it is given. */
	wrapper(program: string): string {
		const file = path.join(mkdtempSync(path.join(tmpdir(), 'notschalter-net-')), 'run.sh');
		writeFileSync(file, `#!/bin/sh\nexec ${this.command(program).join(' ')} "$@"\n`);
		chmodSync(file, 0o755);
		return file;
	}

	async dispose(): Promise<void> {
		if (this.#holder.exitCode !== null) return;
		const gone = once(this.#holder, 'exit');
		this.#holder.stdin?.end();
		await gone;
	}

	#must(program: string, ...args: readonly string[]): void {
		const [command, ...rest] = this.command(program, ...args);
		const { status, stderr, error } = spawnSync(command, rest, { encoding: 'utf8' });
		if (status !== 0) throw new Error(`${NOT_HERE}\n${[program, ...args].join(' ')}: ${error?.message ?? stderr}`);
	}
}
