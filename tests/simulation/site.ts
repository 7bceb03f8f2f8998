/** A site from a seed: five counters and one server, thirty days of work, weather and disasters, and the day they all meet again. */
import { generateDeviceKeys } from '$lib/crypto/signature';
import { MONDAY } from '../fixtures/builders';
import { createChance, type Chance } from './chance';
import { checkConverged } from './convergence';
import { createDeeds } from './deeds';
import { createDevice, type SimDevice } from './device';
import { planDisasters } from './disasters';
import { emptyDisk } from './disk';
import { checkBelieved, checkFold, checkNothingLost, checkNumbers, holdingsOf, type Site } from './invariants';
import { createLedger } from './ledger';
import { createNetwork, FAIR, type Weather } from './network';
import { createScheduler, type Scheduler } from './scheduler';
import { createServer } from './server';
import { SERVER_ORIGIN, type Space } from './space';

const DEVICES = 5;
const DAYS = 30;
const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const DECADE_MS = 3_652 * DAY_MS;
const SKEWS = [0, 0, 0, 90_000, -HOUR_MS, DECADE_MS, -DECADE_MS];
const FRAGILITIES = [0, 0.001, 0.003, 0.01];
const HEALING_ROUNDS = 3;
const CHECKED_EVERY_DAYS = 3;

export interface SiteRun extends Site {
	readonly chance: Chance;
	readonly scheduler: Scheduler;
	readonly space: Space;
	readonly weather: Weather;
	/** How likely a device or server dies at a gate. */
	fragility: number;
	/** Numbers beyond which revoked devices do not count. */
	readonly lastAccepted: Map<string, number>;
}

async function buildSite(space: Space, seed: number, scheduler: Scheduler, chance: Chance): Promise<SiteRun> {
	const ledger = createLedger(space.spaceId);
	// In the order of their ids, so that a seed's order does not depend on which keys were drawn.
	const keys = (await Promise.all(Array.from({ length: DEVICES }, () => generateDeviceKeys()))).sort((a, b) =>
		a.deviceId < b.deviceId ? -1 : 1
	);
	const server = await createServer(space, keys, scheduler);
	const weather: Weather = {
		loss: chance.pick([0, 0.05, 0.3]),
		duplication: chance.pick([0, 0.1, 0.3]),
		lateness: chance.pick([0, 0.05, 0.2]),
		confusion: chance.pick([0, 0.03])
	};
	const network = createNetwork({ chance, scheduler, server, weather });
	const devices: SimDevice[] = [];
	const run: SiteRun = {
		chance,
		scheduler,
		space,
		weather,
		ledger,
		server,
		devices,
		fragility: chance.pick(FRAGILITIES),
		lastAccepted: new Map()
	};
	keys.forEach((own, i) => {
		const disk = emptyDisk(own, `${i + 2}KXM`);
		disk.stores.records.push(...space.records);
		disk.stores.deviceKeys.set(own.deviceId, { deviceId: own.deviceId, publicKey: own.publicKey });
		disk.stores.servers.set(SERVER_ORIGIN, { origin: SERVER_ORIGIN, heads: new Map(), tips: [], lastSuccessAt: null });
		const person = space.people[i % space.people.length]!;
		devices.push(
			createDevice({
				scheduler,
				ledger,
				space,
				network,
				name: `D${i + 1}`,
				disk,
				person,
				skewMs: chance.pick(SKEWS),
				fragility: () => run.fragility
			})
		);
	});
	server.actor().fragility = run.fragility;
	server.actor().onCrash = () => restartLater(run);
	return run;
}

export function restartLater({ server, scheduler, ...site }: SiteRun): void {
	scheduler.after(
		MINUTE_MS,
		() => {
			if (server.actor().alive) return;
			server.start(site.fragility);
			server.actor().onCrash = () => restartLater({ server, scheduler, ...site });
		},
		null
	);
}

/** One working day: some counters are open, some without a network, one's clock is set. */
function planDay(
	{ chance, scheduler, devices }: SiteRun,
	deeds: ReturnType<typeof createDeeds>,
	morning: number
): void {
	const someTime = () => morning + chance.below(10 * HOUR_MS);
	for (const device of devices) {
		device.setOffline(chance.happens(0.15));
		if (!chance.happens(0.25)) continue;
		for (let left = chance.between(1, 2); left > 0; left--)
			scheduler.at(someTime(), () => device.save(deeds.decide), null);
		for (let left = chance.between(1, 2); left > 0; left--) scheduler.at(someTime(), device.exchange, null);
		// Saved and exchanged at the same moment.
		if (chance.happens(0.3)) {
			const moment = someTime();
			scheduler.at(moment, device.exchange, null);
			scheduler.at(moment, () => device.save(deeds.decide), null);
		}
		if (chance.happens(0.03)) scheduler.at(someTime(), () => device.shiftClock(chance.pick(SKEWS)), null);
		if (chance.happens(0.1))
			scheduler.at(someTime(), () => device.act('keeps a snapshot', (at) => at.keepSnapshot()), null);
	}
}

async function checkQuiet(run: SiteRun): Promise<void> {
	const holdings = await holdingsOf(run);
	checkNothingLost(run.ledger, holdings);
	checkNumbers(holdings);
	checkBelieved(run);
	const device = run.chance.pick(run.devices);
	if (device.isAtRest()) await checkFold(run.ledger, holdings, device);
}

/** Nothing is lost any more, nobody dies any more, and everybody meets the server until all have heard of all. */
async function heal(run: SiteRun): Promise<void> {
	const { scheduler, devices, server, weather } = run;
	Object.assign(weather, FAIR);
	run.fragility = 0;
	server.actor().fragility = 0;
	if (!server.actor().alive) server.start(0);
	for (const device of devices) {
		device.steady();
		device.setOffline(false);
		device.start();
	}
	await scheduler.run(scheduler.now() + HOUR_MS);
	for (let round = 0; round < HEALING_ROUNDS; round++)
		for (const device of devices) {
			device.exchange();
			await scheduler.run(scheduler.now() + 5 * MINUTE_MS);
		}
}

/** → what happened, step by step. A violated invariant is thrown. */
export async function runSite(space: Space, seed: number, useScheduler: (scheduler: Scheduler) => void) {
	const chance = createChance(seed);
	const scheduler = createScheduler(chance, MONDAY);
	useScheduler(scheduler);
	const run = await buildSite(space, seed, scheduler, chance);
	try {
		const deeds = createDeeds(chance);
		planDisasters(run, DAYS);
		for (const device of run.devices) device.start();
		for (let day = 0; day < DAYS; day++) {
			planDay(run, deeds, MONDAY + day * DAY_MS);
			await scheduler.run(MONDAY + (day + 1) * DAY_MS);
			if (day % CHECKED_EVERY_DAYS === 0) await checkQuiet(run);
		}
		await heal(run);
		await checkConverged(run, run.lastAccepted);
		return { operations: run.ledger.entries().length, steps: scheduler.steps() };
	} finally {
		await run.server.stop();
	}
}
