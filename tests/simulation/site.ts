/** A site from a seed: five counters and one server, thirty days of work, weather and disasters, and the day they all meet again. */
import { MONDAY } from '../fixtures/builders';
import { buildSite, DAY_MS, HOUR_MS, MINUTE_MS, SKEWS, type SiteRun } from './build-site';
import { createChance } from './chance';
import { checkAtPeace, checkConverged } from './convergence';
import { createDeeds } from './deeds';
import { planDisasters } from './disasters';
import {
	checkBelieved,
	checkFold,
	checkNothingLost,
	checkNumbers,
	checkOneHistoryEach,
	holdingsOf
} from './invariants';
import { FAIR } from './network';
import { checkNoRecordLost } from './record-ledger';
import { createScheduler, type Scheduler } from './scheduler';
import type { Space } from './space';

const DAYS = 30;
/** Fewer are enough: one more that moves nothing ends it. */
const MOST_HEALING_ROUNDS = 8;
const CHECKED_EVERY_DAYS = 3;

/** One working day: some counters are open, some without a network, one's clock is set. */
function planDay(
	{ chance, scheduler, devices }: SiteRun,
	deeds: ReturnType<typeof createDeeds>,
	morning: number
): void {
	const someTime = () => morning + chance.below(10 * HOUR_MS);
	for (const device of devices) {
		device.setOffline(chance.happens(0.15));
		if (!chance.happens(0.18)) continue;
		for (let left = chance.between(1, 2); left > 0; left--)
			scheduler.at(someTime(), () => device.save(deeds.decide), null);
		scheduler.at(someTime(), device.exchange, null);
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
	await checkNoRecordLost(run);
	checkNumbers(holdings, run.copied);
	checkOneHistoryEach(holdings);
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
	const here = devices.filter((device) => !device.isRetired());
	let rounds = 0;
	do
		for (const device of here) {
			device.exchange();
			await scheduler.run(scheduler.now() + 5 * MINUTE_MS);
		}
	while (++rounds < MOST_HEALING_ROUNDS && here.some((device) => device.hasMoved()));
}

/** → what happened, step by step. A violated invariant is thrown. */
export async function runSite(space: Space, seed: number, useScheduler: (scheduler: Scheduler) => void) {
	const chance = createChance(seed);
	const scheduler = createScheduler(chance, MONDAY);
	useScheduler(scheduler);
	const run = await buildSite(space, scheduler, chance);
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
		await (run.mayStayParted ? checkAtPeace(run) : checkConverged(run));
		return { operations: run.ledger.entries().length, steps: scheduler.steps() };
	} finally {
		await run.server.stop();
	}
}
