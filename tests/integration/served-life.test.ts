/** The built server’s life: start, wrong configuration, a port that is taken, SIGKILL while it writes, an end that loses no answer. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeOffer, parseAnswer } from '$lib/sync/protocol';
import { createHttpTransport, type Transport } from '$lib/sync/transport';
import { createServer } from '../../scripts/serve.js';
import { ServerProcess } from '../e2e/server-process';
import { aSegment, testCounter, type TestCounter } from '../support/test-counter';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { ensureBuild, sayRaw, startBuiltServer } from './built-server';

vi.setConfig({ testTimeout: 60_000 });
beforeAll(ensureBuild, 300_000);

let server: ServerProcess | null = null;
afterEach(async () => {
	await server?.dispose();
	server = null;
});

const transportTo = (origin: string, counter: TestCounter): Transport =>
	createHttpTransport({ origin, fetch, now: Date.now, signToken: counter.signToken });

async function laidSpace(running: ServerProcess): Promise<{ space: TestSpace; counter: TestCounter }> {
	const space = await testSpace();
	const counter = await testCounter(space);
	const offer = { code: running.enrolmentCode, records: [space.record], deviceKeys: [counter.deviceKey] };
	must(await transportTo(running.origin, counter).foundSpace(offer));
	return { space, counter };
}

const offerOf = async (counter: TestCounter) => ({
	heads: new Map(),
	segments: [await aSegment(counter)],
	deviceKeys: [],
	keyring: { tips: [], records: [] }
});
const EMPTY = { heads: new Map(), segments: [], deviceKeys: [], keyring: { tips: [], records: [] } };

const runServe = (environment: Record<string, string>) =>
	spawnSync(process.execPath, ['scripts/serve.js'], {
		env: { PATH: process.env.PATH, ...environment },
		encoding: 'utf8',
		timeout: 30_000
	});

describe('the server', () => {
	it('prints a new Betriebscode at each start until a space exists, and none after', async () => {
		server = await startBuiltServer({ ENROLMENT_CODE: '' });
		const codes = () => [...server!.output.matchAll(/Betriebscode: +([0-9A-Z-]{19})/g)].map(([, code]) => code!);
		expect(server.output).toContain(server.origin);
		const [first] = codes();
		await server.stop();
		await server.start({ ENROLMENT_CODE: '' });
		const second = codes().at(-1);
		expect(second).not.toBe(first);
		const space = await testSpace();
		const counter = await testCounter(space);
		const found = (code: string) =>
			transportTo(server!.origin, counter).foundSpace({
				code,
				records: [space.record],
				deviceKeys: [counter.deviceKey]
			});
		expect(await found(first!)).toMatchObject({ ok: false, error: { problem: 'wrong-code' } });
		must(await found(second!));
		await server.stop();
		const before = codes().length;
		await server.start({ ENROLMENT_CODE: '' });
		expect(codes()).toHaveLength(before);
		expect(readFileSync(`${server.dataDir}/notschalter.sqlite`).includes(second!)).toBe(false);
	});

	it('takes a code made by `npm run code` while it runs', async () => {
		server = await startBuiltServer();
		await laidSpace(server);
		const made = spawnSync(process.execPath, ['scripts/code.js'], {
			env: { PATH: process.env.PATH, DATA_DIR: server.dataDir },
			encoding: 'utf8'
		});
		const code = /Betriebscode: (\S+)/.exec(made.stdout)?.[1];
		const space = await testSpace();
		const counter = await testCounter(space);
		const offer = { code: code!, records: [space.record], deviceKeys: [counter.deviceKey] };
		expect(await transportTo(server.origin, counter).foundSpace(offer)).toMatchObject({ ok: true });
	});

	it('does not start with a wrong configuration, and names what is wrong', () => {
		const run = runServe({ PORT: 'abc', DATABASE_URL: 'postgres://geheim@host/x' });
		expect(run.status).toBe(1);
		expect(run.stderr).toMatch(/PORT/);
		expect(run.stderr).toMatch(/PostgreSQL kommt erst mit einer späteren Version/);
		expect(run.stderr).not.toMatch(/geheim|at .*\.js/);
	});

	it('never takes another port, and leaves the database of the one that runs alone', async () => {
		server = await startBuiltServer({ ENROLMENT_CODE: '' });
		const code = /Betriebscode: +(\S+)/.exec(server.output)![1]!;
		const { port } = new URL(server.origin);
		const run = runServe({ PORT: port, HOST: '127.0.0.1', DATA_DIR: server.dataDir });
		expect(run.status).toBe(1);
		expect(run.stderr).toMatch(new RegExp(`Port ${port} ist belegt`));
		expect(run.stdout).toBe('');
		const space = await testSpace();
		const counter = await testCounter(space);
		const offer = { code, records: [space.record], deviceKeys: [counter.deviceKey] };
		expect(await transportTo(server.origin, counter).foundSpace(offer)).toMatchObject({ ok: true });
	});

	it('says that it is not ready when its database is gone', async () => {
		server = await startBuiltServer();
		// Asked at most once in two seconds.
		const readiness = async () => (await fetch(`${server!.origin}/readyz`)).status;
		expect(await readiness()).toBe(200);
		const locker = spawn(
			process.execPath,
			[
				'-e',
				`const db = new (require('better-sqlite3'))(process.argv[1]); db.exec('begin immediate'); console.log('held'); process.stdin.once('data', () => { db.exec('rollback'); process.exit(0) })`,
				`${server.dataDir}/notschalter.sqlite`
			],
			{ stdio: ['pipe', 'pipe', 'inherit'] }
		);
		await once(locker.stdout, 'data');
		await expect.poll(readiness, { timeout: 10_000 }).toBe(503);
		expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
		const gone = once(locker, 'exit');
		locker.stdin.write('go');
		await gone;
		await expect.poll(readiness, { timeout: 10_000 }).toBe(200);
	}, 30_000);

	it('[SY2] holds after SIGKILL in the middle of writing everything it answered', async () => {
		server = await startBuiltServer();
		const { space, counter } = await laidSpace(server);
		for (let round = 0; round < 3; round++) {
			const acknowledged = await writeUntilKilled(server, space, counter);
			await server.start();
			const answer = must(await transportTo(server.origin, counter).exchange(space.spaceId, EMPTY)).answer;
			const held = answer.heads.get(counter.deviceId)!.sequence;
			expect(held).toBeGreaterThanOrEqual(acknowledged);
			// What was not answered is sent again, and the history goes on.
			const rest = await counter.cut(held + 1, counter.written());
			const again = must(
				await transportTo(server.origin, counter).exchange(space.spaceId, { ...EMPTY, segments: rest })
			);
			expect(again.answer.refused).toEqual([]);
			expect(again.answer.heads.get(counter.deviceId)?.sequence).toBe(counter.written());
		}
	}, 60_000);

	/** Sends segment after segment and kills the process while one is under way. → what was acknowledged. */
	async function writeUntilKilled(running: ServerProcess, space: TestSpace, counter: TestCounter): Promise<number> {
		let acknowledged = counter.written();
		const killAfter = acknowledged + 60;
		for (;;) {
			const offer = await offerOf(counter);
			const call = transportTo(running.origin, counter).exchange(space.spaceId, offer);
			if (counter.written() >= killAfter) await running.kill();
			const exchanged = await call;
			if (!exchanged.ok) return acknowledged;
			acknowledged = exchanged.value.answer.heads.get(counter.deviceId)!.sequence;
			if (!running.running) return acknowledged;
		}
	}

	it('ends on SIGTERM only when the call under way is answered', async () => {
		server = await startBuiltServer();
		const { space, counter } = await laidSpace(server);
		const nonce = new Uint8Array(16).fill(5);
		const body = encodeOffer({ ...(await offerOf(counter)), nonce });
		const path = `/api/v1/spaces/${space.spaceId}/exchange`;
		const token = await counter.signToken({ method: 'POST', path, body, nowMs: Date.now() });
		const request = http.request(server.origin + path, {
			method: 'POST',
			headers: { 'content-type': 'application/cbor', authorization: `Bearer ${token}`, 'content-length': body.length }
		});
		const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
		const half = body.length >> 1;
		// The first half is certainly there before the signal comes.
		await new Promise<void>((resolve) => request.write(body.subarray(0, half), () => resolve()));
		await fetch(`${server.origin}/healthz`);
		const stopped = server.stop();
		request.end(body.subarray(half));
		const [response] = await answered;
		const parts: Buffer[] = [];
		for await (const part of response) parts.push(part as Buffer);
		expect(must(parseAnswer(Buffer.concat(parts))).heads.get(counter.deviceId)?.sequence).toBe(3);
		await stopped;
		await server.start();
		const { answer } = must(await transportTo(server.origin, counter).exchange(space.spaceId, EMPTY));
		expect(answer.heads.get(counter.deviceId)?.sequence).toBe(3);
	}, 30_000);

	it.each(['SIGTERM', 'SIGINT'] as const)(
		'exits with 0 on %s, also when it comes twice as npm sends it, and leaves no write-ahead log behind',
		async (signal) => {
			server = await ServerProcess.create();
			const { origin, dataDir } = server;
			const child = spawn(process.execPath, ['scripts/serve.js'], {
				env: { PATH: process.env.PATH, PORT: new URL(origin).port, DATA_DIR: dataDir },
				stdio: ['ignore', 'pipe', 'inherit']
			});
			const gone = once(child, 'exit') as Promise<[number]>;
			for await (const chunk of child.stdout) if (String(chunk).includes('Notschalter läuft')) break;
			child.kill(signal);
			child.kill(signal);
			expect((await gone)[0]).toBe(0);
			expect(readdirSync(dataDir)).toEqual(['notschalter.sqlite']);
		}
	);
});

describe('a slow sender', () => {
	it('is cut off when its request is not here in time', async () => {
		const answered: string[] = [];
		const slow = createServer(
			{ tls: null },
			(request, response) => {
				request.on('error', () => {});
				request.on('end', () => answered.push(request.url ?? ''));
				request.resume();
				request.on('end', () => response.end('late'));
			},
			300
		);
		slow.listen(0, '127.0.0.1');
		await once(slow, 'listening');
		const { port } = slow.address() as AddressInfo;
		const answer = await sayRaw(
			`http://127.0.0.1:${port}`,
			'POST /api/v1/hello HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nfirst bytes'
		);
		expect(answer).toMatch(/^HTTP\/1\.1 408 /);
		expect(answered).toEqual([]);
		slow.close();
	});
});
