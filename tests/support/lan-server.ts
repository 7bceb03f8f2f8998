/** The built server in its LAN mode, within a network of its own, on the ports it always has. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkNamespace } from './network-namespace';

const START_LIMIT_MS = 60_000;
export const PASSPHRASE = 'sieben Gänse am Teich';
export const CODE = 'TEST-BETRIEB-0001';

export class LanServer {
	readonly dataDir: string;
	readonly #network: NetworkNamespace;
	readonly #args: readonly string[];
	#process: ChildProcess | null = null;
	#output = '';

	private constructor(network: NetworkNamespace, dataDir: string, args: readonly string[]) {
		this.#network = network;
		this.#args = args;
		this.dataDir = dataDir;
	}

	/** Made, not started. Without `--lan` among `args` it is a server like any other. */
	static async create(network: NetworkNamespace, args: readonly string[] = ['--lan']): Promise<LanServer> {
		return new LanServer(network, await mkdtemp(join(tmpdir(), 'notschalter-lan-')), args);
	}

	/** What was printed since the last start. */
	get output(): string {
		return this.#output;
	}

	/** PEM of the root certificate. */
	get authority(): string {
		return JSON.parse(readFileSync(join(this.dataDir, 'tls/authority.json'), 'utf8')).certificate as string;
	}

	/** → whether it serves; if not, it has ended, and `output` says why. */
	async start(environment: Record<string, string> = {}): Promise<boolean> {
		this.#output = '';
		const [program, ...args] = this.#network.command(process.execPath, 'scripts/serve.js', ...this.#args);
		const child = spawn(program, args, {
			env: { PATH: process.env.PATH, DATA_DIR: this.dataDir, ENROLMENT_CODE: CODE, LOG_LEVEL: 'warn', ...environment },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#process = child;
		const gone = once(child, 'close').then(() => false);
		const serving = new Promise<boolean>((resolve) => {
			const listen = (chunk: Buffer): void => {
				this.#output += chunk.toString();
				if (this.#output.includes('Beenden: Strg+C')) resolve(true);
			};
			child.stdout.on('data', listen);
			child.stderr.on('data', listen);
		});
		const late = new Promise<never>((_, reject) =>
			setTimeout(() => reject(new Error(`the server did not start:\n${this.#output}`)), START_LIMIT_MS).unref()
		);
		const serves = await Promise.race([serving, gone, late]);
		if (!serves) this.#process = null;
		return serves;
	}

	/** → its exit code, null when the signal ended it. */
	async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
		const child = this.#process;
		this.#process = null;
		if (!child || child.exitCode !== null) return null;
		const gone = once(child, 'close') as Promise<[number | null]>;
		child.kill(signal);
		return (await gone)[0];
	}

	async dispose(): Promise<void> {
		await this.end();
		await rm(this.dataDir, { recursive: true, force: true });
	}
}
