/**
 * The browser killed at random moments of saving, typing, exchanging, locking and unlocking, round after round on one profile.
 * `KILLS` (in all) and `SEED` may be set: a seed draws the same acts and delays again; what they hit is up to the machine.
 */
import { Counter } from './counter';
import type { Device } from './device';
import { FOUNDING } from './pages/setup-page';
import { test } from './prepared-device';
import { expectAllThere } from './saved-work';
import { ScreenWitness } from './screen-witness';

const KILLS = Number(process.env['KILLS'] ?? 20);
const SEED = Number(process.env['SEED'] ?? 1);
/** One for each worker. */
const LANES = [0, 1];
/** Most that a round takes, its checks included. */
const ROUND_LIMIT_MS = 30_000;

/** What is typed in a round; family names have no digits. The second is typed over the first. */
const nameOf = (round: number, state: 'x' | 'y'): string =>
	`Rabe-${String.fromCharCode(97 + Math.floor(round / 26), 97 + (round % 26))}-${state}`;

async function typeDraft({ form }: Counter, round: number): Promise<void> {
	await form.start('umsch');
	await form.field('Familienname').fill(nameOf(round, 'x'));
	await form.draftSaved.waitFor();
}

interface Act {
	/** The kill comes within this time after it has begun, which is a little longer than it takes. */
	readonly withinMs: number;
	ready(counter: Counter, round: number): Promise<void>;
	begin(counter: Counter, round: number): Promise<unknown>;
}

const ACTS: Readonly<Record<string, Act>> = {
	save: { withinMs: 400, ready: typeDraft, begin: ({ form }) => form.saveIncompleteButton.click() },
	draft: {
		withinMs: 2_600,
		ready: typeDraft,
		begin: ({ form }, round) => form.field('Familienname').fill(nameOf(round, 'y'))
	},
	lock: {
		withinMs: 300,
		ready: typeDraft,
		begin: async ({ form, page }, round) => {
			await form.field('Familienname').fill(nameOf(round, 'y'));
			await page.keyboard.press('Control+l');
		}
	},
	exchange: {
		withinMs: 600,
		ready: async (counter, round) => {
			await typeDraft(counter, round);
			await counter.form.saveIncompleteButton.click();
			await counter.receipt.caseNumber();
			await counter.exchange.open();
		},
		begin: ({ exchange }) => exchange.nowButton.click()
	},
	unlock: {
		withinMs: 2_500,
		ready: async ({ lock }) => {
			await lock.lock();
			await lock.expectShown();
		},
		begin: ({ lock }) => lock.attempt(FOUNDING.password)
	}
};

for (const lane of LANES)
	test(`killed at random moments, seed ${SEED + lane}: what was shown as saved is there, once`, async ({
		prepared,
		device
	}) => {
		const kills = Math.ceil(KILLS / LANES.length);
		test.setTimeout(60_000 + kills * ROUND_LIMIT_MS);
		await prepared.server.startFrom(prepared.serverData);
		const draw = drawFrom(SEED + lane);
		const witness = new ScreenWitness(prepared.numbers, [prepared.draftName]);
		for (let round = 0; round < kills; round++) {
			const [name, act] = Object.entries(ACTS)[Math.floor(draw() * Object.keys(ACTS).length)]!;
			const delayMs = Math.floor(draw() * act.withinMs);
			await test.step(`${round}: ${name}, killed after ${delayMs} ms`, async () => {
				const counter = await openAndCheck(device, witness);
				await act.ready(counter, round);
				await killAfter(device, delayMs, act.begin(counter, round));
			});
		}
		await openAndCheck(device, witness);
	});

async function openAndCheck(device: Device, witness: ScreenWitness): Promise<Counter> {
	const counter = new Counter(device, await device.open('/', witness.watch));
	await counter.lock.unlock();
	await expectAllThere(counter, witness);
	return counter;
}

/** The delay is the fault and waits for nothing; what was begun ends with the browser. */
async function killAfter(device: Device, delayMs: number, begun: Promise<unknown>): Promise<void> {
	const ended = begun.catch(() => undefined);
	await new Promise((resolve) => setTimeout(resolve, delayMs));
	await device.kill();
	await ended;
}

/** Numbers from 0 to below 1, the same from the same seed (mulberry32). */
function drawFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
