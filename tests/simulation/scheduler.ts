/**
 * Virtual time and the order of everything. Every await on a port of a device or server is a gate: the work stands there
 * until a seeded choice lets it go on, or ends it for ever (a crash). Between two gates only one actor runs.
 */
import { createWebLocks } from '../support/web-locks';
import type { Chance } from './chance';
import { realWorkDone } from './real-work';

/** Something that runs and may die: a started device or server. All it had in memory is gone with it. */
export interface Actor {
	readonly name: string;
	alive: boolean;
	readonly locks: ReturnType<typeof createWebLocks>;
	/** How likely it dies at a gate. */
	fragility: number;
	onCrash(): void;
}

interface Gate {
	readonly actor: Actor;
	readonly label: string;
	open(): void;
}
interface Timed {
	readonly at: number;
	readonly number: number;
	/** Who goes on by it. */
	readonly actor: Actor | null;
	act(): void;
}

/** A step takes some virtual milliseconds, so that messages and timers fall between steps. */
const STEP_MS = 20;
/** More steps without an end than any seed takes are a loop. */
const MOST_STEPS = 200_000;

export type Scheduler = ReturnType<typeof createScheduler>;

export const createActor = (name: string): Actor => ({
	name,
	alive: true,
	locks: createWebLocks(),
	fragility: 0,
	onCrash: () => undefined
});

export function createScheduler(chance: Chance, startMs: number) {
	let now = startMs;
	let gates: Gate[] = [];
	let arrived: Gate[] = [];
	let timed: Timed[] = [];
	let count = 0;
	let steps = 0;
	let running: Actor | null = null;
	let failure: { readonly error: unknown } | null = null;
	const trace: string[] = [];

	const note = (name: string, text: string) => void trace.push(`${stampOf(now - startMs)} ${name} ${text}`);
	const fail = (error: unknown) => void (failure ??= { error });

	/** The work goes on from here when it is chosen; the work of a dead actor never does. */
	const gate = (actor: Actor, label: string): Promise<void> =>
		new Promise((open) => {
			if (actor.alive) arrived.push({ actor, label, open });
		});

	/** Work that began in the same step stands in the order of its labels, whichever thread was faster. */
	function admit(): void {
		const order = ({ actor, label }: Gate) => `${actor.name} ${label}`;
		gates.push(...arrived.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)));
		arrived = [];
		gates = gates.filter(({ actor }) => actor.alive);
	}

	/** What is set while an actor runs goes on as that actor. → takes it back. */
	function at(time: number, act: () => void, actor = running): () => void {
		const event = { at: Math.max(time, now), number: count++, actor, act };
		timed.push(event);
		return () => void (timed = timed.filter((other) => other !== event));
	}

	function crash(actor: Actor, where: string): void {
		note(actor.name, `crashes at ${where}`);
		actor.alive = false;
		actor.onCrash();
	}

	function pass(index: number): void {
		const [{ actor, label, open }] = gates.splice(index, 1) as [Gate];
		if (actor.fragility > 0 && chance.happens(actor.fragility)) return crash(actor, label);
		note(actor.name, label);
		running = actor;
		open();
	}

	function fire(event: Timed): void {
		timed = timed.filter((other) => other !== event);
		running = event.actor;
		event.act();
	}

	const nextTimed = (): Timed | undefined =>
		timed.reduce<Timed | undefined>(
			(first, one) => (!first || one.at < first.at || (one.at === first.at && one.number < first.number) ? one : first),
			undefined
		);

	/** Steps until nothing is left to do before `until`. */
	async function run(until: number, afterStep: () => void = () => undefined): Promise<void> {
		for (;;) {
			await realWorkDone();
			if (failure) throw failure.error;
			admit();
			afterStep();
			if (++steps > MOST_STEPS) throw new Error('the simulation does not come to rest');
			const event = nextTimed();
			const isDue = event !== undefined && event.at <= now;
			const choice = chance.below(gates.length + (isDue ? 1 : 0) || 1);
			if (choice < gates.length) pass(choice);
			else if (event && event.at <= until) {
				now = Math.max(now, event.at);
				fire(event);
			} else break;
			now += chance.below(STEP_MS);
		}
		now = Math.max(now, until);
	}

	/** Starts work of an actor; what it throws while it lives ends the simulation. */
	function start(actor: Actor, label: string, work: () => Promise<void>): void {
		note(actor.name, label);
		running = actor;
		work().catch((error: unknown) => actor.alive && fail(error));
	}

	return {
		now: () => now,
		note,
		fail,
		gate,
		at,
		after: (ms: number, act: () => void, actor?: Actor | null) => at(now + ms, act, actor),
		crash,
		run,
		start,
		trace,
		steps: () => steps,
		/** Whose locks `navigator.locks` are at this moment. */
		locks: () => {
			if (!running) throw new Error('a lock is asked for outside of any device');
			return running.locks;
		}
	};
}

const two = (number: number) => String(number).padStart(2, '0');

/** `d03 04:12:33.120`: day and time since the start. */
function stampOf(ms: number): string {
	const seconds = Math.floor(ms / 1_000);
	const time = [Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
	return `d${two(Math.floor(seconds / 86_400))} ${time}.${String(ms % 1_000).padStart(3, '0')}`;
}
