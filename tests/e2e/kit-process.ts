/** The kit for Linux as a person starts it: by its start file, in an empty network, without rights, without any setting. */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildKit, type Kit } from '../../scripts/kit/build-kit.js';
import { signingKey } from '../../scripts/kit/manifest.js';
import type { NetworkNamespace } from '../support/network-namespace';

/** Unpacking the runtime is part of the first start. */
const START_LIMIT_MS = 60_000;

/** What somebody thinks of in front of the window; asked for only where the LAN is served. */
const KIT_PASSPHRASE = 'sieben Gänse am Teich';

export class KitProcess {
	/** The fixed port: nobody else is in this network. */
	readonly origin = 'http://localhost:4780';
	readonly folder: string;
	#process: ChildProcess | null = null;
	#output = '';

	private constructor(
		readonly kit: Kit,
		readonly home: string,
		readonly network: NetworkNamespace
	) {
		this.folder = kit.folder;
	}

	/** Builds the kit, and lays it down where the user of the network owns it. */
	static async create(network: NetworkNamespace): Promise<KitProcess> {
		const place = mkdtempSync(path.join(tmpdir(), 'notschalter-kit-'));
		chmodSync(place, 0o755);
		const kit = await buildKit(path.join(place, 'Notschalter'), signingKey(undefined).privateKey, new Date());
		const home = path.join(place, 'home');
		mkdirSync(home);
		const { uid, gid } = network.user;
		const owned = spawnSync('chown', ['-R', `${uid}:${gid}`, kit.folder, home]);
		if (owned.status !== 0) throw new Error(`chown failed: ${owned.stderr}`);
		return new KitProcess(kit, home, network);
	}

	get output(): string {
		return this.#output;
	}

	/** As printed. */
	get enrolmentCode(): string {
		const code = /Betriebscode: +([0-9A-Z-]{19})/.exec(this.#output)?.[1];
		if (!code) throw new Error(`no Betriebscode in:\n${this.#output}`);
		return code;
	}

	/** Until the address is printed. → exit code when it ends before that, else null. */
	async start(word?: string, ...words: readonly string[]): Promise<number | null> {
		this.#output = '';
		const child = this.network.spawnAsUser(
			'sh',
			[path.join(this.folder, 'notschalter-starten.sh'), ...(word ? [word] : []), ...words],
			{
				env: { PATH: process.env.PATH, HOME: this.home, OPEN_BROWSER: '0', CA_PASSPHRASE: KIT_PASSPHRASE },
				cwd: this.home
			}
		);
		this.#process = child;
		const ended = once(child, 'close').then(([code]) => ((this.#process = null), code as number));
		const running = new Promise<null>((resolve) => {
			const listen = (chunk: Buffer): void => {
				this.#output += chunk.toString();
				if (this.#output.includes('Beenden: Strg+C')) resolve(null);
			};
			child.stdout?.on('data', listen);
			child.stderr?.on('data', listen);
		});
		const late = new Promise<never>((_, reject) =>
			setTimeout(() => reject(new Error(`the kit did not start:\n${this.#output}`)), START_LIMIT_MS).unref()
		);
		return Promise.race([running, ended, late]);
	}

	async stop(): Promise<void> {
		const child = this.#process;
		if (!child) return;
		const gone = once(child, 'close');
		child.kill('SIGTERM');
		await gone;
	}

	async dispose(): Promise<void> {
		await this.stop();
		rmSync(path.dirname(this.folder), { recursive: true, force: true });
	}
}
