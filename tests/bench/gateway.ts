/** One address for the bench: serves the bench’s page, passes everything else to the server, and counts what passes. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { ServerProcess } from '../e2e/server-process';
import { BASE } from './page/bundle.js';

const TYPES: { readonly [ending: string]: string } = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.wasm': 'application/wasm'
};

export class Gateway {
	readonly origin: string;
	/** Calls to the exchange and the greeting before it, and the bytes of their bodies. */
	counted = { requests: 0, sent: 0, received: 0 };
	readonly #listener: http.Server;
	readonly #agent = new http.Agent({ keepAlive: true });
	#server: ServerProcess | null = null;

	private constructor(listener: http.Server, port: number) {
		this.#listener = listener;
		this.origin = `http://localhost:${port}`;
	}

	/** `folder`: the bundled page. No server stands behind it yet. */
	static async create(folder: string): Promise<Gateway> {
		let gateway: Gateway | null = null;
		const listener = http.createServer((request, response) => void gateway?.answer(folder, request, response));
		listener.listen(0, '127.0.0.1');
		await once(listener, 'listening');
		gateway = new Gateway(listener, (listener.address() as AddressInfo).port);
		return gateway;
	}

	get pageUrl(): string {
		return `${this.origin}${BASE}index.html`;
	}

	/** A new server without any data takes the place of the one before; gives its Betriebscode. */
	async startServer(): Promise<string> {
		await this.killServer();
		const server = await ServerProcess.create();
		this.#server = server;
		await server.start({ ORIGIN: this.origin, LOG_LEVEL: 'warn' });
		return server.enrolmentCode;
	}

	/** From now on nobody answers under this address but the page. */
	async killServer(): Promise<void> {
		const server = this.#server;
		this.#server = null;
		await server?.dispose();
	}

	async dispose(): Promise<void> {
		await this.killServer();
		this.#agent.destroy();
		this.#listener.closeAllConnections();
		this.#listener.close();
	}

	async answer(folder: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
		const path = request.url ?? '/';
		if (path.startsWith(BASE)) return servePage(folder, path.slice(BASE.length), response);
		if (!this.#server) return void request.socket.destroy();
		this.#forward(new URL(this.#server.origin).port, path, request, response);
	}

	#forward(port: string, path: string, request: http.IncomingMessage, response: http.ServerResponse): void {
		const { method, headers } = request;
		const counts = method === 'POST' && /\/(?:exchange|hello)$/.test(path);
		if (counts) this.counted.requests++;
		const onward = http.request({ host: '127.0.0.1', port, path, method, headers, agent: this.#agent }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.on('data', (chunk: Buffer) => void (this.counted.received += counts ? chunk.length : 0));
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.on('data', (chunk: Buffer) => void (this.counted.sent += counts ? chunk.length : 0));
		request.pipe(onward);
	}
}

async function servePage(folder: string, path: string, response: http.ServerResponse): Promise<void> {
	const file = join(folder, normalize(`/${path.replace(/\?.*$/, '')}`));
	const content = await readFile(file).catch(() => null);
	const type = TYPES[extname(file)] ?? 'application/octet-stream';
	response.writeHead(content ? 200 : 404, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
}
