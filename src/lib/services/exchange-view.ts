/** What the screens see of the exchange with each server, and the numbers „nicht übertragen“ come from. */
import type { DeviceId } from '$lib/domain/ids';
import type { Heads } from '$lib/domain/operation-log';
import type { Clock, ClockOffset, Instant } from '$lib/domain/time';
import type { DeviceStores } from './device-stores';
import type { ExchangeReport } from './exchange-run';
import type { LiveState } from './live-state';
import { createSyncScheduler } from './sync-scheduler';
import { countHeldBack, countOnNoServer, countUnsent } from './unsent';
import type { ExchangeStatus } from './workspace';

interface ExchangeViewPorts {
	readonly stores: DeviceStores;
	readonly clock: Clock;
	readonly live: LiveState;
	exchange(origin: string): Promise<ExchangeReport>;
	/** A lost or removed device holds nothing for anybody. */
	isRevoked(deviceId: DeviceId): boolean;
	onClockOffset(offset: ClockOffset): void;
	onKeyringChanged(): Promise<void>;
	onTaken(): void;
	/** This device's id lives a second life elsewhere (SY15). */
	onIdentityLost(): void;
}

const newStatus = (origin: string): ExchangeStatus => ({
	origin,
	running: false,
	paused: false,
	progress: null,
	reachable: null,
	reachableSince: null,
	lastSuccessAt: null,
	lastError: null,
	retryAt: null,
	unsentCount: 0,
	log: []
});

export function createExchangeView({ stores, clock, live, ...ports }: ExchangeViewPorts) {
	const statusByOrigin = new Map<string, ExchangeStatus>();
	/** What each server said it holds, in its last answer; compared anew in every exchange. */
	let serverHeads = new Map<string, Heads>();
	/** What devices said by data carriers: one more place each (decision 38). */
	let peerHeads: readonly Heads[] = [];
	let ourHeads: Heads = new Map<DeviceId, never>();
	let vouchedFor: ReadonlySet<DeviceId> = new Set();

	const show = () => {
		const exchanges = [...statusByOrigin.values()].map((status) => ({
			...status,
			unsentCount: countUnsent(ourHeads, serverHeads.get(status.origin) ?? new Map())
		}));
		const servers = [...serverHeads.values()];
		const unsentCount = countOnNoServer(ourHeads, [...servers, ...peerHeads]);
		const heldBackCount = countHeldBack(ourHeads, servers, peerHeads, vouchedFor);
		live.set({ exchanges, health: { ...live.view.health, unsentCount, heldBackCount } });
	};

	async function reload(): Promise<void> {
		const [servers, peers] = await Promise.all([stores.servers.list(), stores.peers.list()]);
		for (const { deviceId } of peers.filter((peer) => ports.isRevoked(peer.deviceId)))
			await stores.peers.remove(deviceId);
		peerHeads = peers.filter((peer) => !ports.isRevoked(peer.deviceId)).map(({ heads }) => heads);
		serverHeads = new Map(servers.map((server) => [server.origin, server.heads]));
		for (const origin of statusByOrigin.keys()) if (!serverHeads.has(origin)) statusByOrigin.delete(origin);
		for (const { origin, lastSuccessAt, paused } of servers) {
			const status = statusByOrigin.get(origin) ?? newStatus(origin);
			statusByOrigin.set(origin, {
				...status,
				paused,
				lastSuccessAt: (lastSuccessAt ?? status.lastSuccessAt) as Instant | null
			});
		}
		show();
	}

	let scheduler: ReturnType<typeof createSyncScheduler> | null = null;
	const start = () => {
		scheduler = createSyncScheduler({
			origins: () => [...statusByOrigin.values()].filter(({ paused }) => !paused).map(({ origin }) => origin),
			exchange: ports.exchange,
			statusOf: (origin) => statusByOrigin.get(origin) ?? newStatus(origin),
			setStatus: (origin, status) => {
				if (statusByOrigin.has(origin)) statusByOrigin.set(origin, status);
				show();
			},
			afterExchange: async (origin, report) => {
				if (report.clockOffsetMs !== null) ports.onClockOffset({ ms: report.clockOffsetMs, source: origin });
				await reload();
				if (report.received > 0) ports.onTaken();
				if (report.keyringChanged) await ports.onKeyringChanged();
				if (report.identityLost) ports.onIdentityLost();
			},
			now: () => clock.now()
		});
	};

	return {
		start,
		stop: () => scheduler?.stop(),
		reload,
		changed: () => scheduler?.changed(),
		exchangeNow: (origin?: string) => scheduler?.exchangeNow(origin) ?? Promise.resolve(),
		progress: (origin: string, progress: NonNullable<ExchangeStatus['progress']>) => {
			const status = statusByOrigin.get(origin);
			if (!status?.running) return;
			statusByOrigin.set(origin, { ...status, progress });
			show();
		},
		/** What is held here, and of whom it is brought to a server that does not know them. */
		factsChanged: (heads: Heads, known: ReadonlySet<DeviceId>) => {
			ourHeads = heads;
			vouchedFor = known;
			show();
		}
	};
}
