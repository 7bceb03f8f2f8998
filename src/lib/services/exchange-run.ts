/** One exchange with one server: what comes is verified before it is kept, what is kept is what was acknowledged. */
import type { DeviceId } from '$lib/domain/ids';
import type { ServerStore } from '$lib/storage/server-store';
import {
	runExchange,
	type Absorbed,
	type ExchangeProgress,
	type Received,
	type RememberedServer
} from '$lib/sync/sync-engine';
import type { Transport } from '$lib/sync/transport';
import { createIntake, type IntakePorts } from './intake';
import { serverErrorOf } from './server-error';
import type { ServerError } from './workspace';

export interface ExchangeReport {
	readonly requests: number;
	/** Operations. */
	readonly sent: number;
	readonly received: number;
	/** Segments. */
	readonly refused: number;
	readonly error: ServerError | null;
	readonly clockOffsetMs: number | null;
	readonly keyringChanged: boolean;
	/** This device's id lives a second life elsewhere: nothing more is written under it, a new identity is to be taken (SY15). */
	readonly identityLost: boolean;
}

export const nothingExchanged = (error: ServerError): ExchangeReport => ({
	requests: 1,
	sent: 0,
	received: 0,
	refused: 0,
	error,
	clockOffsetMs: null,
	keyringChanged: false,
	identityLost: false
});

export interface ExchangeRunPorts extends IntakePorts {
	readonly servers: ServerStore;
	readonly transport: Transport;
	readonly origin: string;
	onProgress(progress: ExchangeProgress): void;
}

export async function exchangeWith(ports: ExchangeRunPorts): Promise<ExchangeReport> {
	const { ownDeviceId: deviceId } = ports;
	const intake = await createIntake(ports);
	const { fork } = intake;
	let identityLost = false;
	let isInDoubt = false;

	const absorb = async (received: Received): Promise<Absorbed> => {
		const { added, records } = await intake.take(received);
		fork.noteSaid(received.heads.get(deviceId));
		for (const one of received.refused)
			if (one.deviceId === deviceId && isOtherCut(one.reason)) fork.noteRefused(one.firstSequence);
		const judged = identityLost ? null : await fork.judge();
		identityLost ||= judged?.type === 'ended';
		isInDoubt = judged?.type === 'in-doubt';
		return { segments: added.length, records, offerOwn: judged?.type === 'in-doubt' ? judged.offer : null };
	};

	const servers = await ports.servers.list();
	for (const { heads } of servers) fork.noteFormer(heads.get(deviceId));
	const remembered = servers.find((server) => server.origin === ports.origin);
	const run = await runExchange({
		spaceId: ports.spaceId,
		ownDeviceId: ports.ownDeviceId,
		log: ports.log,
		keyring: {
			tips: async () => intake.keyring().tips,
			recordsBeyond: async (tips) => intake.keyring().ancestorsMissing(tips ?? [])
		},
		deviceKeys: () => ports.deviceKeys.list(),
		members: ports.members,
		transport: ports.transport,
		absorb,
		remembered: remembered && remembered.heads.size > 0 ? { heads: remembered.heads, tips: remembered.tips } : null,
		onProgress: ports.onProgress
	});
	const report = run.ok ? run.value : run.error.report;
	const error = run.ok ? (isInDoubt ? IN_DOUBT : null) : serverErrorOf(run.error.error);
	// A server that does not know us any more holds nothing of ours, for all that can be shown; one that does not show what it says, neither.
	const isDenied = error?.type === 'identity-in-doubt' || error?.type === 'unknown-device';
	const server = isDenied ? NOTHING_HELD : isInDoubt ? withoutOwn(report.server, deviceId) : report.server;
	if (server)
		await ports.servers.saveState(ports.origin, {
			heads: server.heads,
			tips: server.tips,
			lastSuccessAt: error === null ? ports.nowMs() : (remembered?.lastSuccessAt ?? null)
		});
	return {
		requests: report.requests,
		sent: report.sent,
		received: report.received,
		refused: report.refused.length,
		error,
		clockOffsetMs: report.clockOffsetMs,
		keyringChanged: intake.keyringChanged(),
		identityLost
	};
}

/** `overlapping`: the server has some of it from a copy that cut elsewhere; it cannot be parted without who signed it, so it would never be taken. */
const isOtherCut = (reason: string): boolean => reason === 'second-history' || reason === 'overlapping';

const IN_DOUBT: ServerError = { type: 'identity-in-doubt' };

/** The line broke before it was answered what the server holds of this device. */
function withoutOwn(server: RememberedServer | null, deviceId: DeviceId): RememberedServer | null {
	if (!server) return null;
	return { ...server, heads: new Map([...server.heads].filter(([id]) => id !== deviceId)) };
}

const NOTHING_HELD: RememberedServer = { heads: new Map(), tips: [] };
