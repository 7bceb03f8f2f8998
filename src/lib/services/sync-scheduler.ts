/** When to exchange: after a change, when a server is back, on demand. Runs on the page; the exchange itself runs with the keeper. */
import type { Instant } from '$lib/domain/time';
import { nothingExchanged, type ExchangeReport } from './exchange-run';
import type { ExchangeStatus } from './workspace';

/** An exchange cuts pending rows into a segment, so at most this often unless asked for (DESIGN § 3.2). */
const AFTER_CHANGE_MS = 30_000;
/** Others' work arrives within this time. */
const WHEN_QUIET_MS = 30_000;
/** A server that is gone is asked this often, so that an exchange begins within 30 s of its return. */
const WHEN_UNREACHABLE_MS = 15_000;
/** Right after a change on a device that has not exchanged for a while. */
const SETTLE_MS = 2_000;
const TICK_MS = 1_000;
/** A server may ask for this much patience. */
const LONGEST_WAIT_MS = 5 * 60_000;
const LOG_LENGTH = 10;

/** Only one window of a device exchanges with a server at a time (SY13); a server that hangs holds up no other. */
export const EXCHANGE_LOCK = 'notschalter.exchange';

/** What decides whether an automatic exchange is due; times in ms of one clock. */
export interface Due {
	readonly now: number;
	readonly lastAttemptAt: number | null;
	readonly changedAt: number | null;
	readonly reachable: boolean | null;
	/** The server asked to come back then (`Retry-After`), and not before. */
	readonly askedBackAt: number | null;
}

/** Pure rule: is it time to exchange with a server? */
export function isDue({ now, lastAttemptAt, changedAt, reachable, askedBackAt }: Due): boolean {
	if (askedBackAt !== null) return now >= askedBackAt;
	if (lastAttemptAt === null) return true;
	const since = now - lastAttemptAt;
	if (since < 0) return true;
	if (reachable === false) return since >= WHEN_UNREACHABLE_MS;
	if (changedAt !== null && changedAt > lastAttemptAt) return since >= AFTER_CHANGE_MS && now - changedAt >= SETTLE_MS;
	return since >= WHEN_QUIET_MS;
}

interface SchedulerPorts {
	origins(): readonly string[];
	/** One whole exchange with one server. */
	exchange(origin: string): Promise<ExchangeReport>;
	statusOf(origin: string): ExchangeStatus;
	setStatus(origin: string, status: ExchangeStatus): void;
	/** Something else has to follow: a new keyring, new rows. */
	afterExchange(origin: string, report: ExchangeReport): Promise<void>;
	now(): Instant;
}

export interface SyncScheduler {
	/** Something was written here. */
	changed(): void;
	/** Resolves when every exchange asked for is done; a running one is waited for and followed by another. */
	exchangeNow(origin?: string): Promise<void>;
	stop(): void;
}

export function createSyncScheduler(ports: SchedulerPorts): SyncScheduler {
	const lastAttemptAt = new Map<string, number>();
	const askedBackAt = new Map<string, number>();
	const running = new Map<string, Promise<void>>();
	let changedAt: number | null = null;
	let stopped = false;
	let end: () => void = () => undefined;
	/** The keeper ends with the lock and answers no more: nobody may wait for it, least of all with a Web Lock in hand. */
	const ended = new Promise<void>((resolve) => (end = resolve));

	async function run(origin: string, wait: boolean): Promise<void> {
		await navigator.locks.request(`${EXCHANGE_LOCK}.${origin}`, { ifAvailable: !wait }, (lock) =>
			lock && !stopped ? Promise.race([exchangeOnce(origin), ended]) : undefined
		);
	}

	async function exchangeOnce(origin: string): Promise<void> {
		lastAttemptAt.set(origin, performance.now());
		const set = (part: Partial<ExchangeStatus>) => ports.setStatus(origin, { ...ports.statusOf(origin), ...part });
		set({ running: true, progress: null });
		const report = await ports.exchange(origin).catch(() => nothingExchanged({ type: 'device-fault' }));
		if (stopped) return;
		const waitMs = askedToWaitMs(report.error);
		if (waitMs === null) askedBackAt.delete(origin);
		else askedBackAt.set(origin, performance.now() + waitMs);
		const before = ports.statusOf(origin);
		const at = ports.now();
		const reachable = report.error === null || !['unreachable', 'not-our-server'].includes(report.error.type);
		set({
			running: false,
			progress: null,
			reachable,
			reachableSince: reachable === before.reachable ? before.reachableSince : reachable ? at : null,
			lastSuccessAt: report.error === null ? at : before.lastSuccessAt,
			lastError: report.error,
			retryAt: waitMs === null ? null : ((at + waitMs) as Instant),
			log: isWorthNoting(report, before)
				? [
						{ at, sent: report.sent, received: report.received, refused: report.refused, error: report.error },
						...before.log
					].slice(0, LOG_LENGTH)
				: before.log
		});
		await ports.afterExchange(origin, report);
	}

	const begin = (origin: string, wait: boolean): Promise<void> => {
		const before = running.get(origin);
		if (before && !wait) return before;
		const next = (before ?? Promise.resolve()).then(() => run(origin, wait));
		running.set(origin, next);
		return next.finally(() => {
			if (running.get(origin) === next) running.delete(origin);
		});
	};

	const timer = setInterval(() => {
		const now = performance.now();
		for (const origin of ports.origins()) {
			const { reachable } = ports.statusOf(origin);
			const last = lastAttemptAt.get(origin) ?? null;
			if (isDue({ now, lastAttemptAt: last, changedAt, reachable, askedBackAt: askedBackAt.get(origin) ?? null }))
				void begin(origin, false);
		}
	}, TICK_MS);

	/** „online“ is a hint only (SY14), but a good moment to ask. */
	const hurry = () =>
		ports.origins().forEach((origin) => void (askedBackAt.has(origin) ? undefined : begin(origin, false)));
	window.addEventListener('online', hurry);

	return {
		changed: () => {
			changedAt = performance.now();
		},
		exchangeNow: async (origin) => {
			await Promise.all((origin ? [origin] : ports.origins()).map((one) => begin(one, true)));
		},
		stop: () => {
			stopped = true;
			end();
			clearInterval(timer);
			window.removeEventListener('online', hurry);
		}
	};
}

/** What a server asked for, within reason: whatever answers in its place must not silence a device for a day. */
function askedToWaitMs(error: ExchangeReport['error']): number | null {
	if (error?.type !== 'server-busy' && error?.type !== 'server-cannot-store') return null;
	return Math.min(error.retryAfterMs, LONGEST_WAIT_MS);
}

/** Quiet exchanges that moved nothing would push the telling ones out of the log. */
const isWorthNoting = (report: ExchangeReport, before: ExchangeStatus): boolean =>
	report.sent + report.received + report.refused > 0 || report.error?.type !== before.lastError?.type;
