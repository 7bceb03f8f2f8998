/** The built server as a process of its own: started on a free port, ended by its id, started again on the same port. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_LIMIT_MS = 30_000;

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

export class ServerProcess {
	readonly enrolmentCode = 'TEST-BETRIEB-0001';
	readonly origin: string;
	readonly dataDir: string;
	readonly #port: number;
	readonly #root: string;
	readonly #command: readonly [string, ...string[]];
	#process: ChildProcess | null = null;
	#output = '';

	private constructor(port: number, dataDir: string, root: string, command: readonly [string, ...string[]]) {
		this.#port = port;
		this.#root = root;
		this.#command = command;
		this.origin = `http://localhost:${port}`;
		this.dataDir = dataDir;
	}

	/** Made, not started. `root`: where the built app is, if not here; `command`: what runs the script. */
	static async create(
		root = process.cwd(),
		command: readonly [string, ...string[]] = [process.execPath, '--max-old-space-size=1024']
	): Promise<ServerProcess> {
		const dataDir = await mkdtemp(join(tmpdir(), 'notschalter-server-'));
		return new ServerProcess(await freePort(), dataDir, root, command);
	}

	/** Of the running process. */
	get pid(): number {
		const pid = this.#process?.pid;
		if (pid === undefined) throw new Error('the server is not running');
		return pid;
	}

	get running(): boolean {
		return this.#process !== null;
	}

	/** What it has printed, for tests of its logs. */
	get output(): string {
		return this.#output;
	}

	async start(environment: Record<string, string> = {}): Promise<void> {
		if (this.#process) return;
		const [program, ...args] = this.#command;
		const child = spawn(program, [...args, 'scripts/serve.js'], {
			cwd: this.#root,
			env: {
				...process.env,
				HOST: '127.0.0.1',
				PORT: String(this.#port),
				ORIGIN: this.origin,
				DATA_DIR: this.dataDir,
				ENROLMENT_CODE: this.enrolmentCode,
				...environment
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#process = child;
		const listen = (chunk: Buffer): void => void (this.#output += chunk.toString());
		child.stdout.on('data', listen);
		child.stderr.on('data', listen);
		child.once('exit', () => {
			if (this.#process === child) this.#process = null;
		});
		await this.#whenReady();
	}

	/** As an attack or a power cut does it: no goodbye. */
	async kill(): Promise<void> {
		await this.#end('SIGKILL');
	}

	/** Starts anew with the data of another moment, in `folder`. */
	async startFrom(folder: string): Promise<void> {
		await this.kill();
		await rm(this.dataDir, { recursive: true, force: true });
		await cp(folder, this.dataDir, { recursive: true });
		await this.start();
	}

	/** As an operator does it, or whoever closes the window. → its exit code, null when a signal ended it. */
	stop(signal: 'SIGTERM' | 'SIGHUP' = 'SIGTERM'): Promise<number | null> {
		return this.#end(signal);
	}

	async dispose(): Promise<void> {
		await this.kill();
		await rm(this.dataDir, { recursive: true, force: true });
	}

	async #end(signal: NodeJS.Signals): Promise<number | null> {
		const child = this.#process;
		if (!child) return null;
		const gone = once(child, 'exit') as Promise<[code: number | null]>;
		child.kill(signal);
		const [code] = await gone;
		this.#process = null;
		return code;
	}

	async #whenReady(): Promise<void> {
		const deadline = Date.now() + START_LIMIT_MS;
		while (Date.now() < deadline) {
			if (!this.#process) throw new Error(`the server ended:\n${this.#output}`);
			const ready = await fetch(`${this.origin}/readyz`).then(
				(answer) => answer.ok,
				() => false
			);
			if (ready) return;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		throw new Error(`the server did not become ready:\n${this.#output}`);
	}
}
