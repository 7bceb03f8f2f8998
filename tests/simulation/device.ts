/** A device over all its starts: its disk, what runs on it just now, and whether it is busy. */
import type { Decision } from '$lib/domain/request';
import { startCounter, type Counter } from './counter';
import { imageOf, type Disk } from './disk';
import type { Ledger } from './ledger';
import type { createNetwork } from './network';
import { createActor, type Actor, type Scheduler } from './scheduler';
import type { Person, Space } from './space';

export interface DevicePorts {
	readonly scheduler: Scheduler;
	readonly ledger: Ledger;
	readonly space: Space;
	readonly network: ReturnType<typeof createNetwork>;
	readonly name: string;
	readonly disk: Disk;
	readonly person: Person;
	/** How far its clock is off, ms. */
	readonly skewMs: number;
	fragility(): number;
}

export type SimDevice = ReturnType<typeof createDevice>;

const RESTART_MS = 10 * 60_000;

export function createDevice(ports: DevicePorts) {
	const { scheduler, ledger, space, network, name, person } = ports;
	let { disk, skewMs } = ports;
	let actor: Actor | null = null;
	let counter: Counter | null = null;
	let starts = 0;
	let tasks = 0;
	let offline = false;
	let exchanging = false;
	/** The last exchange moved something, or did not come to its end. */
	let moved = true;
	/** Which copy of the server's database the last answer, and the heads believed, came from. */
	let answeredBy = -1;
	let believedOf = -1;
	let retired = false;

	function start(): void {
		if (actor || retired) return;
		const starting = createActor(`${name}#${++starts}`);
		actor = starting;
		counter = null;
		tasks = 0;
		exchanging = false;
		starting.fragility = ports.fragility();
		starting.onCrash = () => {
			actor = null;
			counter = null;
			scheduler.after(RESTART_MS, start, null);
		};
		const line = {
			actor: starting,
			isOffline: () => offline,
			onAnswer: ({ epoch }: { epoch: number }) => void (answeredBy = epoch)
		};
		run('starts', async () => {
			counter = await startCounter({
				actor: starting,
				scheduler,
				ledger,
				space,
				disk,
				person,
				fetch: network.fetchOver(line),
				now: () => scheduler.now() + skewMs,
				onBelieved: () => void (believedOf = answeredBy)
			});
		});
	}

	function run(label: string, work: () => Promise<void>): void {
		const running = actor;
		if (!running) return;
		tasks++;
		scheduler.start(running, label, async () => {
			await work();
			if (running === actor) tasks--;
		});
	}

	/** Its id is used elsewhere as well: the workspace is opened anew, and takes the next identity (SY15). */
	function reopen(at: Counter): void {
		if (counter !== at) return;
		scheduler.note(at.actor.name, 'gives its identity up');
		at.actor.alive = false;
		actor = null;
		counter = null;
		start();
	}

	/** What a person does, if anybody can do anything here just now. */
	const act = (label: string, work: (at: Counter) => Promise<void>): void => {
		const at = counter;
		if (at) run(label, () => work(at));
	};

	return {
		name,
		person,
		start,
		act,
		disk: () => disk,
		deviceId: () => disk.stores.identity.deviceId,
		counter: () => counter,
		actor: () => actor,
		isAtRest: () => counter !== null && tasks === 0,
		believedOf: () => believedOf,
		isRetired: () => retired,
		hasMoved: () => moved,
		setOffline: (is: boolean) => void (offline = is),
		shiftClock: (ms: number) => void (skewMs += ms),
		steady: () => actor && (actor.fragility = 0),
		save: (decide: (at: Counter) => Promise<readonly Decision[]>) =>
			act('saves', async (at) => {
				if ((await at.save(await decide(at))) === 'given-up') reopen(at);
			}),
		exchange: () => {
			if (exchanging) return;
			act('exchanges', async (at) => {
				exchanging = true;
				moved = true;
				const report = await at.exchange();
				moved = !report || report.error !== null || report.identityLost || report.sent + report.received > 0;
				// What could not be compared without the new key comes with the next exchange.
				moved ||= report?.keyringChanged ?? false;
				const said = report
					? (report.error?.type ?? `sent ${report.sent}, received ${report.received}, refused ${report.refused}`)
					: 'nobody there';
				scheduler.note(at.actor.name, `exchanged: ${said}`);
				if (report?.identityLost) reopen(at);
				else if (counter === at) exchanging = false;
			});
		},
		image: (): Disk => imageOf(disk),
		/** The profile is put back to an older copy; it starts again by itself. */
		putBack(copy: Disk): void {
			if (actor) scheduler.crash(actor, 'its profile being put back');
			disk = imageOf(copy);
			believedOf = -1;
		},
		/** Locked out for good: it is not started any more. */
		retire(): void {
			retired = true;
			if (actor) scheduler.crash(actor, 'being taken away');
		}
	};
}
