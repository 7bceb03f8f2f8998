/** Runs seeds; one that fails is told with its last steps and how to run it alone. */
import { vi } from 'vitest';
import { watchRealWork } from './real-work';
import type { Scheduler } from './scheduler';
import { runSite } from './site';
import { prepareSpace, type Space } from './space';

const SHOWN_STEPS = 40;

let space: Promise<Space> | null = null;

export interface SeedRun {
	readonly seed: number;
	readonly trace: readonly string[];
	readonly operations: number;
	readonly steps: number;
}

export async function runSeed(seed: number): Promise<SeedRun> {
	const prepared = await (space ??= prepareSpace());
	let scheduler: Scheduler | null = null;
	const unwatch = watchRealWork();
	try {
		const ran = await runSite(prepared, seed, (started) => {
			scheduler = started;
			takeTimeAndLocks(started);
		});
		return { seed, trace: tracesOf(scheduler), ...ran };
	} catch (error) {
		throw new Error(report(seed, tracesOf(scheduler), error), { cause: error });
	} finally {
		vi.unstubAllGlobals();
		unwatch();
	}
}

const tracesOf = (scheduler: Scheduler | null): readonly string[] => scheduler?.trace ?? [];

/** Timers run in virtual time, and each device has Web Locks of its own. */
function takeTimeAndLocks(scheduler: Scheduler): void {
	vi.stubGlobal('setTimeout', (act: () => void, ms = 0) => scheduler.after(ms, act));
	vi.stubGlobal('clearTimeout', (cancel: unknown) => typeof cancel === 'function' && (cancel as () => void)());
	vi.stubGlobal('navigator', {
		get locks() {
			return scheduler.locks();
		}
	});
}

const report = (seed: number, trace: readonly string[], error: unknown): string =>
	[
		`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`,
		`the last ${Math.min(SHOWN_STEPS, trace.length)} of ${trace.length} events:`,
		...trace.slice(-SHOWN_STEPS).map((line) => `  ${line}`),
		`alone: SEED=${seed} npx vitest run --project unit tests/simulation/seeds-${(seed % 4) + 1}.test.ts`
	].join('\n');
