/** The server's endpoints in this process on a real SQLite file, reached by a `fetch` of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseSpaceId } from '$lib/domain/ids';
import { framedAnswer, preflightAnswer } from '$lib/server/api-frame';
import { migrate, openSqlite } from '$lib/server/database';
import type { ApiCall, ServerContext } from '$lib/server/endpoint';
import { hashEnrolmentCode } from '$lib/server/enrolment-code.js';
import { handleExchange } from '$lib/server/exchange';
import { handleCreateJoinPackage, handleTakeJoinPackage } from '$lib/server/joining';
import { createContext } from '$lib/server/running';
import { handleEnrolBySheet, handleSheetEntries } from '$lib/server/sheet';
import { handleDevices, handleFoundSpace, handleHello } from '$lib/server/spaces';
import { createSqlStore } from '$lib/server/sql-store';

export const CODE = 'TEST-0000-CODE';
export const ORIGIN = 'http://server.test';

type Handler = (context: ServerContext, call: ApiCall, id: string) => Promise<Response>;
const inSpace =
	(handle: typeof handleExchange): Handler =>
	(context, call, id) => {
		const spaceId = parseSpaceId(id);
		if (!spaceId.ok) throw new Error('tests ask for well-formed ids');
		return handle(context, call, spaceId.value);
	};
const ROUTES: readonly (readonly [RegExp, Handler])[] = [
	[/^\/api\/v1\/hello$/, handleHello],
	[/^\/api\/v1\/spaces$/, handleFoundSpace],
	[/^\/api\/v1\/spaces\/([^/]+)\/exchange$/, inSpace(handleExchange)],
	[/^\/api\/v1\/spaces\/([^/]+)\/devices$/, inSpace(handleDevices)],
	[/^\/api\/v1\/spaces\/([^/]+)\/join-packages$/, inSpace(handleCreateJoinPackage)],
	[/^\/api\/v1\/spaces\/([^/]+)\/sheet$/, inSpace(handleSheetEntries)],
	[/^\/api\/v1\/spaces\/([^/]+)\/sheet\/enrol$/, inSpace(handleEnrolBySheet)],
	[/^\/api\/v1\/join-packages\/([^/]+)\/take$/, handleTakeJoinPackage]
];

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

export async function startTestServer() {
	const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-server-'));
	const clock = { now: 1_800_000_000_000 };
	const open = async () => {
		const database = openSqlite(folder);
		await migrate(database);
		return createContext(createSqlStore(database), () => clock.now);
	};
	let context = await open();
	await context.store.offerCode(hashEnrolmentCode(CODE), 'given', clock.now);

	async function fetch(input: string, init: RequestInit): Promise<Response> {
		const request = new Request(input, init);
		const { pathname } = new URL(input);
		if (request.method === 'OPTIONS') return preflightAnswer();
		for (const [pattern, handle] of ROUTES) {
			const match = pattern.exec(pathname);
			if (match)
				return framedAnswer(await handle(context, { request, path: pathname, address: 'test' }, match[1] ?? ''));
		}
		return framedAnswer(new Response('not found', { status: 404 }));
	}

	return {
		origin: ORIGIN,
		folder,
		clock,
		fetch,
		store: () => context.store,
		code: CODE,
		/** Closes the database and opens the same file again, as after a restart. */
		async restart() {
			await context.store.close();
			context = await open();
		},
		async stop() {
			await context.store.close();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
