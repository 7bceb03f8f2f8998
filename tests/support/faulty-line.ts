/** A line between devices and a server that fails on order: real HTTP on loopback, answers given byte for byte. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface LineAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
	/** The line is cut when so many bytes of the answer, status line and headers included, have gone over it. */
	readonly cutAfter?: number;
}

export interface LineCall {
	readonly path: string;
	readonly body: Uint8Array;
	/** Hands the request on, as it came; may be called again, or later, or never. */
	pass(): Promise<LineAnswer>;
}

/** What becomes of one call; null: the line is cut without an answer. */
export type Line = (call: LineCall) => Promise<LineAnswer | null>;

/** Nothing goes wrong. */
export const soundLine: Line = (call) => call.pass();

export type FaultyLine = Awaited<ReturnType<typeof openLine>>;

/** `serve`: the server at the other end. */
export async function openLine(serve: (url: string, init: RequestInit) => Promise<Response>) {
	let line: Line = soundLine;
	const server = http.createServer((request, response) => void answer(request, response.socket!));
	// Each call has a line of its own, so that cutting one cuts no other.
	server.keepAliveTimeout = 1;
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	async function answer(request: http.IncomingMessage, socket: Socket): Promise<void> {
		const body = await bodyOf(request);
		if (body === null) return;
		const path = request.url ?? '/';
		const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
			typeof value === 'string' && !HOP_HEADERS.has(name) ? [[name, value]] : []
		);
		const pass = async (): Promise<LineAnswer> => {
			const answered = await serve(origin + path, { method: request.method, headers, body });
			return {
				status: answered.status,
				headers: Object.fromEntries(answered.headers),
				body: new Uint8Array(await answered.arrayBuffer())
			};
		};
		const given = await line({ path, body, pass });
		if (!given) return void socket.destroy();
		const bytes = bytesOf(given);
		if (given.cutAfter === undefined || given.cutAfter >= bytes.length) return void socket.end(bytes);
		socket.write(bytes.subarray(0, given.cutAfter), () => socket.destroy());
	}

	return {
		origin,
		/** From now on; a call under way keeps the one it began with. */
		set: (next: Line) => {
			line = next;
		},
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

/** Of one line, not of the message. */
const HOP_HEADERS = new Set(['connection', 'host', 'content-length', 'transfer-encoding', 'keep-alive']);

/** As it goes over the line. */
export function bytesOf({ status, headers, body }: LineAnswer): Buffer {
	const all = { ...headers, 'content-length': headers['content-length'] ?? String(body.length), connection: 'close' };
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n${lines.join('')}\r\n`), body]);
}

/** null: the sender gave up in the middle. */
async function bodyOf(request: http.IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
	const parts: Buffer[] = [];
	try {
		for await (const part of request) parts.push(part as Buffer);
	} catch {
		return null;
	}
	return new Uint8Array(Buffer.concat(parts));
}
