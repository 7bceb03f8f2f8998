/** The Einlesedienst as a process of its own, and a counter of the same space that sees what it sent. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { argon2id } from '$lib/crypto/argon2id';
import { joinIds, newJoinCode, sealJoinPackage } from '$lib/crypto/join-package';
import { addPerson } from '$lib/crypto/keyring';
import { encodeJoinCode } from '$lib/crypto/printed-codes';
import { createHttpTransport } from '$lib/sync/transport';
import { openTestDatabase, removeDatabase } from './dexie-log';
import { exchangeDesk } from './exchange-desk';
import { testCounter } from './test-counter';
import { testDesk } from './test-desk';
import { must, testSpace } from './test-space';

export const PASSPHRASE = 'Zwölf graue Kraniche';
const LIMIT_MS = 120_000;
const HOUR_MS = 3_600_000;

export interface Run {
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}
export type FeedSite = Awaited<ReturnType<typeof feedSite>>;

/** A space on this server with a member „Einlesedienst“, whose key is stretched as in real life. */
export async function feedSite(server: { readonly origin: string; readonly enrolmentCode: string }) {
	const { origin } = server;
	const space = await testSpace();
	const state = await space.fold([space.record]);
	const member = { name: 'Einlesedienst', role: 'feed', password: PASSPHRASE, stretch: argon2id } as const;
	const added = must(await addPerson(space.as(state, space.opened), { ...member, ...(await space.passingOn(state)) }));
	const records = [space.record, added.record];
	const counter = await testCounter(space);
	const transport = createHttpTransport({ origin, fetch, now: Date.now, signToken: counter.signToken });
	must(await transport.foundSpace({ code: server.enrolmentCode, records, deviceKeys: [counter.deviceKey] }));
	const database = await openTestDatabase();
	const desk = await exchangeDesk(database, space, counter.deviceKey, origin);
	await desk.keyringStore.addOwn(records);
	const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-feed-run-'));
	writeFileSync(path.join(folder, 'passphrase'), `${PASSPHRASE}\n`, { mode: 0o600 });

	return {
		space,
		folder,
		dataDir: path.join(folder, 'data'),
		async joinCode(): Promise<string> {
			const code = newJoinCode();
			const ids = await joinIds(code);
			const { spaceId, spaceSecret } = space;
			const sealed = await sealJoinPackage(ids, { spaceId, spaceSecret, records, origin, placeCode: 'SO' });
			const offer = { packageId: ids.packageId, sealed, uses: 1, validForMs: HOUR_MS };
			must(await transport.createJoinPackage(spaceId, offer));
			return encodeJoinCode(code, origin).groups.join('-');
		},
		/** Writes a file beside the data folder. */
		put(name: string, content: string): string {
			const file = path.join(folder, name);
			writeFileSync(file, content);
			return file;
		},
		start: (...args: readonly string[]): ChildProcess => startFeed(folder, args),
		run: (...args: readonly string[]): Promise<Run> => ended(startFeed(folder, args)),
		/** Exchanges as a counter, and folds all that is there. */
		async seenByCounter() {
			const report = await desk.exchange(transport, Date.now());
			const folded = await testDesk(space, { log: desk.log, device: counter.identity, records });
			folded.clock.time = Date.now();
			const window = await folded.openWindow();
			await window.open();
			const { heads, setAside, unknownCount, unopenedCount } = window.facts();
			const others = [...heads].filter(([id]) => id !== counter.deviceId);
			const operations = others.reduce((sum, [, head]) => sum + head.sequence, 0);
			const appointments = window.appointments();
			return {
				report,
				window,
				appointments,
				operations,
				devices: others.length,
				setAside,
				unknownCount,
				unopenedCount
			};
		},
		async remove() {
			await removeDatabase(database);
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

function startFeed(folder: string, args: readonly string[]): ChildProcess {
	const script = path.resolve('scripts/feed.js');
	return spawn(process.execPath, [script, '--data', 'data', ...args], {
		cwd: folder,
		env: { PATH: process.env.PATH, NOTSCHALTER_PASSPHRASE_FILE: path.join(folder, 'passphrase') },
		stdio: ['ignore', 'pipe', 'pipe']
	});
}

export async function ended(child: ChildProcess): Promise<Run> {
	let output = '';
	let errors = '';
	child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
	const [code] = (await once(child, 'close')) as [number | null];
	clearTimeout(limit);
	return { code, output, errors };
}
