/** A full counter: writing, exchanging, joining, unlocking and saving with thousands of requests, without the screens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../scripts/chromium.js';
import { FOLDER, percentile, report, REQUESTS, RUNS, type Figure } from './figures';
import { Gateway } from './gateway';
import type { BenchPage } from './page/main';

const COUNTER = 'notschalter';
const IN_SMALL = 'in-small-segments';
const SAVES = 40;
/** Enough that the slowest in a hundred is more than one. */
const RECORDS = 200;
const MOST_SECONDS = 1;
const MOST_REBUILD_SECONDS = 3;
const MOST_TIMES = 2;

let gateway: Gateway;
let profile: string;
let context: BrowserContext;
const figures: Figure[] = [];

test.beforeAll(async () => {
	gateway = await Gateway.create(join(FOLDER, 'page'));
	profile = await mkdtemp(join(tmpdir(), 'notschalter-bench-'));
	context = await chromium.launchPersistentContext(profile, { ...chromiumLaunch(), headless: true });
});
test.afterAll(async () => {
	await context.close();
	await gateway.dispose();
	await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** In a page of its own: nothing is warm, nothing is left over. */
async function inNewPage<T>(measure: (page: Page) => Promise<T>): Promise<T> {
	const page = await context.newPage();
	await page.goto(gateway.pageUrl);
	await page.waitForFunction(() => 'bench' in window);
	try {
		return await measure(page);
	} finally {
		await page.close();
	}
}

/** Calls one function of the bench’s page. */
function ask<K extends keyof BenchPage>(page: Page, name: K, ...args: Parameters<BenchPage[K]>) {
	return page.evaluate(
		([called, given]) => {
			const { bench } = window as unknown as { bench: Record<string, (...args: unknown[]) => Promise<unknown>> };
			return bench[called]?.(...given);
		},
		[name as string, args as unknown[]] as const
	) as ReturnType<BenchPage[K]>;
}

test('10,000 requests', async () => {
	await prepare();
	await measureExchanges();
	await gateway.killServer();
	await measureUnlock('from its snapshot', COUNTER, 'with', MOST_SECONDS);
	await measureUnlock('from its segments, no snapshot', COUNTER, 'without');
	await measureUnlock(`from ${REQUESTS} small segments, no snapshot`, IN_SMALL, 'without');
	await measureSaves();
	await measureRecords();
	await measureRebuild();
	report('counter', figures);
});

async function prepare(): Promise<void> {
	const code = await gateway.startServer();
	const { origin } = gateway;
	await inNewPage(async (page) => {
		await ask(page, 'found', COUNTER, origin, code);
		const joinCode = await ask(page, 'joinCode', COUNTER, origin, 1);
		await ask(page, 'lock', COUNTER);
		await ask(page, 'join', IN_SMALL, origin, joinCode, 0);
		await ask(page, 'lock', IN_SMALL);
		const written = await ask(page, 'writeHistory', COUNTER, IN_SMALL, REQUESTS);
		console.log(JSON.stringify(written));
		expect(written.operations).toBe(3 * REQUESTS);
		expect(written.smallSegments).toBe(REQUESTS);
	});
}

/** Each time with a server that has nothing, then each time a device that has nothing. */
async function measureExchanges(): Promise<void> {
	const { origin } = gateway;
	const sent = { seconds: [] as number[], requests: [] as number[], bytes: [] as number[] };
	const joinCode = await inNewPage(async (page) => {
		await ask(page, 'unlock', COUNTER, REQUESTS, 'without');
		for (let run = 0; run < RUNS; run++) {
			await ask(page, 'forgetServer', COUNTER, origin);
			await ask(page, 'layOnto', COUNTER, origin, await gateway.startServer());
			gateway.counted = { requests: 0, sent: 0, received: 0 };
			sent.seconds.push(await ask(page, 'exchange', COUNTER, origin));
			sent.requests.push(gateway.counted.requests);
			sent.bytes.push(gateway.counted.sent + gateway.counted.received);
		}
		const code = await ask(page, 'joinCode', COUNTER, origin, RUNS);
		await ask(page, 'lock', COUNTER);
		return code;
	});
	const taken = { shown: [] as number[], all: [] as number[] };
	for (let run = 0; run < RUNS; run++)
		await inNewPage(async (page) => {
			const { shown, all } = await ask(page, 'join', `joined-${run}`, origin, joinCode, REQUESTS);
			taken.shown.push(shown);
			taken.all.push(all);
			await ask(page, 'lock', `joined-${run}`);
		});
	const what = `exchange of ${REQUESTS} requests, 2 amendments each`;
	figures.push(
		{ name: `${what}: time`, unit: 's', values: sent.seconds },
		{ name: `${what}: calls`, unit: 'requests', values: sent.requests, goal: 10 },
		{ name: `${what}: bodies, both ways`, unit: 'bytes', values: sent.bytes, goal: 3_000_000 },
		{ name: 'an empty device takes all in: until shown', unit: 's', values: taken.shown },
		{ name: 'an empty device takes all in: exchange done', unit: 's', values: taken.all }
	);
}

async function measureUnlock(
	how: string,
	database: string,
	snapshot: 'with' | 'without',
	goal?: number
): Promise<void> {
	const first: number[] = [];
	const complete: number[] = [];
	for (let run = 0; run < RUNS; run++)
		await inNewPage(async (page) => {
			const times = await ask(page, 'unlock', database, REQUESTS, snapshot);
			first.push(times.first / 1_000);
			complete.push(times.complete / 1_000);
		});
	const what = `unlock to list, ${REQUESTS} requests (${3 * REQUESTS} operations), ${how}`;
	figures.push({ name: `${what}: first rows`, unit: 's', values: first, ...(goal ? { goal } : {}) });
	figures.push({ name: `${what}: whole list`, unit: 's', values: complete, ...(goal ? { goal } : {}) });
}

/** On the full counter: saving must not depend on how much is there. */
async function measureSaves(): Promise<void> {
	const median: number[] = [];
	const slow: number[] = [];
	const ratios: number[] = [];
	await inNewPage(async (page) => {
		await ask(page, 'unlock', COUNTER, REQUESTS, 'as-it-is');
		await ask(page, 'saves', COUNTER, 5);
		for (let run = 0; run < RUNS; run++) {
			const { saves, puts } = await ask(page, 'saves', COUNTER, SAVES);
			median.push(percentile(saves, 0.5));
			slow.push(percentile(saves, 0.95));
			ratios.push(percentile(saves, 0.5) / percentile(puts, 0.5));
		}
	});
	figures.push(
		{ name: `save of a request, ${REQUESTS} held: p50`, unit: 'ms', values: median },
		{ name: `save of a request, ${REQUESTS} held: p95`, unit: 'ms', values: slow },
		{ name: 'save ÷ raw strict put, same run', unit: '×', values: ratios }
	);
}

/** What a save writes, against the floor of any save: the same machine, the same minute, one after the other. */
async function measureRecords(): Promise<void> {
	const shares = [0.5, 0.95, 0.99];
	const times = new Map(shares.map((share) => [share, { ms: [] as number[], ratio: [] as number[] }]));
	await inNewPage(async (page) => {
		await ask(page, 'records', COUNTER, 20);
		for (let run = 0; run < RUNS; run++) {
			const { saves, puts } = await ask(page, 'records', COUNTER, RECORDS);
			for (const [share, { ms, ratio }] of times) {
				ms.push(percentile(saves, share));
				ratio.push(percentile(saves, share) / percentile(puts, share));
			}
		}
	});
	for (const [share, { ms, ratio }] of times) {
		const what = `a request sealed, signed, in both copies: p${share * 100}`;
		figures.push({ name: what, unit: 'ms', values: ms });
		const goal = share === 0.95 ? {} : { goal: MOST_TIMES };
		figures.push({ name: `${what} ÷ raw strict put`, unit: '×', values: ratio, ...goal });
	}
}

/** The database is deleted each time; what comes back comes from the journal alone. */
async function measureRebuild(): Promise<void> {
	const seconds: number[] = [];
	for (let run = 0; run < RUNS; run++)
		await inNewPage(async (page) => {
			const rebuilt = await ask(page, 'rebuild', COUNTER);
			expect(rebuilt.operations).toBeGreaterThanOrEqual(3 * REQUESTS);
			seconds.push(rebuilt.seconds);
		});
	const name = `rebuild of ${REQUESTS} requests (${3 * REQUESTS} operations) from the journal`;
	figures.push({ name, unit: 's', values: seconds, goal: MOST_REBUILD_SECONDS });
}
