/** The scheduler with the real Web Locks of Chromium. */
import { expect, it } from 'vitest';
import type { ExchangeReport } from '$lib/services/exchange-run';
import { createSyncScheduler } from '$lib/services/sync-scheduler';
import type { ExchangeStatus } from '$lib/services/workspace';
import type { Instant } from '$lib/domain/time';

const done: ExchangeReport = {
	requests: 1,
	sent: 0,
	received: 0,
	refused: 0,
	error: null,
	clockOffsetMs: 0,
	keyringChanged: false,
	identityLost: false
};

function schedulerFor(origin: string, exchange: () => Promise<ExchangeReport>) {
	let status = { origin, running: false, reachable: null, lastSuccessAt: null, log: [] } as unknown as ExchangeStatus;
	const scheduler = createSyncScheduler({
		origins: () => [origin],
		exchange,
		statusOf: () => status,
		setStatus: (_, next) => (status = next),
		afterExchange: () => Promise.resolve(),
		now: () => 1 as Instant
	});
	return { scheduler, status: () => status };
}

it('a lock in the middle of an exchange holds up no exchange after the next unlocking', async () => {
	const origin = `http://hanging.${crypto.randomUUID()}.example`;
	const first = schedulerFor(origin, () => new Promise(() => undefined));
	const asked = first.scheduler.exchangeNow();
	await expect.poll(() => first.status().running).toBe(true);
	first.scheduler.stop();
	await asked;
	const second = schedulerFor(origin, () => Promise.resolve(done));
	await second.scheduler.exchangeNow();
	expect(second.status()).toMatchObject({ running: false, reachable: true, lastSuccessAt: 1 });
	second.scheduler.stop();
});

it('an exchange that throws is shown as failed, and the next one runs', async () => {
	const origin = `http://failing.${crypto.randomUUID()}.example`;
	const answers = [() => Promise.reject(new Error('quota')), () => Promise.resolve(done)];
	const { scheduler, status } = schedulerFor(origin, () => (answers.shift() ?? answers[0]!)());
	await scheduler.exchangeNow();
	expect(status()).toMatchObject({ running: false, lastSuccessAt: null, lastError: { type: 'device-fault' } });
	await scheduler.exchangeNow();
	expect(status()).toMatchObject({ lastError: null, lastSuccessAt: 1 });
	scheduler.stop();
});
