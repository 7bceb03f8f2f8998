/** A town hall that prepared nothing: from the hub's start to five counters that have worked together, by seconds and by what hands do. */
import type { BrowserContext } from '@playwright/test';
import { test } from '../e2e/fixtures';
import { Counter } from '../e2e/counter';
import { createLanDevice, type LanDevice } from '../e2e/lan-device';
import { CODE, LanServer, PASSPHRASE } from '../support/lan-server';
import { NetworkNamespace } from '../support/network-namespace';
import { report, type Figure } from './figures';

const ADDRESS = '10.20.30.5';
const ORIGIN = `https://${ADDRESS}:4780`;
const COUNTERS = 5;
const LIMIT_MS = 900_000;

test.setTimeout(LIMIT_MS);

/** Presses of a button or choice, and fields filled; typing itself is what it is. */
async function countHands(context: BrowserContext, onStep: () => void): Promise<void> {
	await context.exposeBinding('noteStep', onStep);
	await context.addInitScript(() => {
		const note = () => void (window as unknown as { noteStep(): Promise<void> }).noteStep();
		const filled = new WeakSet<EventTarget>();
		addEventListener('click', ({ isTrusted }) => isTrusted && note(), true);
		addEventListener(
			'input',
			({ target }) => {
				if (!target || filled.has(target)) return;
				filled.add(target);
				note();
			},
			true
		);
	});
}

test('from the start of the hub to five counters that work together', async () => {
	const network = await NetworkNamespace.create(`${ADDRESS}/24`);
	const hub = await LanServer.create(network);
	const devices: LanDevice[] = [];
	let hands = 0;
	const newDevice = async () => {
		const made = await createLanDevice(network, ORIGIN);
		made.trust(hub.authority);
		made.device.onStart = (context) => countHands(context, () => void hands++);
		devices.push(made);
		return made.device;
	};
	try {
		const begunAt = performance.now();
		if (!(await hub.start({ CA_PASSPHRASE: PASSPHRASE }))) throw new Error(hub.output);
		const servedAt = performance.now();
		const first = await Counter.found(await newDevice(), { enrolmentCode: CODE });
		const foundedAt = performance.now();
		const foundingHands = hands;
		const counters = [first];
		for (let i = 1; i < COUNTERS; i++)
			counters.push(await Counter.join(await newDevice(), first, { counter: `Schalter ${i + 3}` }));
		const joinedAt = performance.now();
		const joiningHands = (hands - foundingHands) / (COUNTERS - 1);
		for (const counter of counters) await counter.take();
		for (const counter of counters) {
			await counter.exchange.now();
			await counter.expectAllSent();
		}
		await first.exchange.now();
		await first.list.open();
		await first.list.rows.nth(COUNTERS - 1).waitFor();
		const workingAt = performance.now();
		const seconds = (what: string, from: number, to: number): Figure => ({
			name: what,
			unit: 's',
			values: [(to - from) / 1000]
		});
		const steps = (what: string, count: number): Figure => ({ name: what, unit: 'steps', values: [count] });
		report('hub', [
			seconds('hub with a new authority: start to serving', begunAt, servedAt),
			seconds('first counter: founding', servedAt, foundedAt),
			seconds('four more counters: joining', foundedAt, joinedAt),
			seconds('start to five counters that see each other’s work', begunAt, workingAt),
			steps('first counter: presses and fields', foundingHands),
			steps('each further counter: presses and fields, at both devices', joiningHands)
		]);
	} finally {
		for (const device of devices) await device.dispose();
		await hub.dispose();
		await network.dispose();
	}
});
