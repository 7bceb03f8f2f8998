/** A server for tests of the engine: an operation log behind the transport port, with faults on order. */
import type { DeviceId, RecordId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Head, OperationLog } from '$lib/domain/operation-log';
import { segmentBytes } from '$lib/domain/segment-codec';
import { err, ok } from '$lib/domain/result';
import type { DeviceKey, ExchangeAnswer, ExchangeOffer, RefusedSegment } from '$lib/sync/protocol';
import type { ExchangeTransport, TransportError } from '$lib/sync/transport';
import { createMemoryOperationLog } from './memory-operation-log';

type Offer = Omit<ExchangeOffer, 'nonce'>;

export interface FakeServerOptions {
	/** Asked before each call; an error stands in for the answer. */
	readonly fault?: (offer: Offer, call: number) => TransportError | null;
	/** Segments it will not take. */
	readonly refuses?: (name: { deviceId: DeviceId; firstSequence: number }) => RefusedSegment['reason'] | null;
	readonly answerBytes?: number;
	/** Changes an answer before it is given. */
	readonly twist?: (answer: ExchangeAnswer) => ExchangeAnswer;
}

export const offerBytes = (offer: Offer): number =>
	offer.segments.reduce((sum, segment) => sum + segmentBytes(segment), 0);

const NOTHING: Head = { sequence: 0, chainValue: new Uint8Array(32), beyond: [] };

export function createFakeServer(options: FakeServerOptions = {}) {
	const { fault, refuses, answerBytes = 1e9, twist = (answer) => answer } = options;
	let log: OperationLog = createMemoryOperationLog();
	const keys = new Map<DeviceId, DeviceKey>();
	const records: KeyringRecord[] = [];
	const offers: Offer[] = [];

	const nameOf = (record: KeyringRecord) => String(record.bytes[0]) as RecordId;

	async function answer(offer: Offer): Promise<ExchangeAnswer> {
		for (const key of offer.deviceKeys) keys.set(key.deviceId, key);
		for (const record of offer.keyring.records)
			if (!records.some((held) => nameOf(held) === nameOf(record))) records.push(record);
		const refused = offer.segments.flatMap(({ header: { deviceId, firstSequence } }): RefusedSegment[] => {
			const reason = keys.has(deviceId) ? refuses?.({ deviceId, firstSequence }) : 'unknown-device';
			return reason ? [{ deviceId, firstSequence, reason }] : [];
		});
		const isRefused = (deviceId: DeviceId, first: number) =>
			refused.some((one) => one.deviceId === deviceId && one.firstSequence === first);
		await log.addSegments(offer.segments.filter(({ header }) => !isRefused(header.deviceId, header.firstSequence)));
		const heads = new Map<DeviceId, Head>([...keys.keys()].map((deviceId) => [deviceId, NOTHING]));
		for (const [deviceId, head] of await log.heads()) heads.set(deviceId, head);
		const { segments, more } = await log.segmentsBeyond(offer.heads, answerBytes);
		return {
			nonce: new Uint8Array(16),
			heads,
			segments,
			refused,
			deviceKeys: [...keys.values()].filter(({ deviceId }) => !offer.heads.has(deviceId)),
			keyring: {
				tips: records.slice(-1).map(nameOf),
				records: records.slice(1 + records.findIndex((record) => offer.keyring.tips.includes(nameOf(record))))
			},
			more,
			time: 1_000
		};
	}

	const transport: ExchangeTransport = {
		async exchange(_spaceId, offer) {
			offers.push(offer);
			const error = fault?.(offer, offers.length);
			return error ? err(error) : ok({ answer: twist(await answer(offer)), clockOffsetMs: -5 });
		}
	};
	return {
		transport,
		offers,
		keys,
		records,
		log: () => log,
		/** An old copy is put back: everything since is gone. */
		forget() {
			log = createMemoryOperationLog();
			keys.clear();
		}
	};
}
