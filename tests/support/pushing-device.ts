/** A device that pushes: writes, cuts, and sends what lies beyond the heads a server told last, as the sync engine does. */
import { randomBytes } from 'node:crypto';
import type { DeviceId, RecordId } from '$lib/domain/ids';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import type { Result } from '$lib/domain/result';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { createHttpTransport, type HttpPorts, type Transport, type TransportError } from '$lib/sync/transport';
import type { RefusedSegment } from '$lib/sync/protocol';
import { testCounter, type TestCounter } from './test-counter';
import { must, type TestSpace } from './test-space';

export type PushingDevice = Awaited<ReturnType<typeof pushingDevice>>;

/** More than any device has: said of others by one that only wants to push, so that nothing is handed out to it. */
const ALL_OF_IT: Head = { sequence: 2 ** 40, chainValue: new Uint8Array(32), beyond: [] };

/** Does not deflate well: a message stays about as big as what is in it. */
const noise = (length: number): string => randomBytes(length).toString('base64').slice(0, length);

/** Of a space whose only record is its founding, which names it. */
const keyringOf = ({ spaceId }: TestSpace) => ({ tips: [spaceId as string as RecordId], records: [] });

interface Ports {
	readonly origin: string;
	readonly fetch?: HttpPorts['fetch'];
	/** Takes in nothing of what others pushed. */
	readonly pushOnly?: boolean;
}

export async function pushingDevice(space: TestSpace, { origin, fetch = globalThis.fetch, pushOnly = false }: Ports) {
	const counter = await testCounter(space);
	const transport = createHttpTransport({ origin, fetch, now: Date.now, signToken: counter.signToken });
	const segments: Segment[] = [];
	const refused: RefusedSegment[] = [];
	let told: Heads = new Map();
	let acknowledged = 0;

	const headOfServer = (): number => told.get(counter.deviceId)?.sequence ?? 0;
	const offeredHeads = (): Heads =>
		pushOnly
			? new Map([...told.keys()].map((deviceId) => [deviceId, deviceId === counter.deviceId ? ownHead() : ALL_OF_IT]))
			: new Map([...told].filter(([deviceId]) => deviceId !== counter.deviceId)).set(counter.deviceId, ownHead());
	const ownHead = (): Head => {
		const last = segments.at(-1);
		return last
			? { sequence: lastSequenceOf(last), chainValue: last.header.chainAfter, beyond: [] }
			: { sequence: 0, chainValue: new Uint8Array(32), beyond: [] };
	};

	/** One exchange. What is not acknowledged stays and goes out again with the next. */
	async function send(atMost = Infinity): Promise<Result<void, TransportError>> {
		const lacking = segments.filter((segment) => lastSequenceOf(segment) > headOfServer());
		const exchanged = await transport.exchange(space.spaceId, {
			heads: offeredHeads(),
			segments: lacking.slice(0, atMost),
			deviceKeys: [],
			keyring: keyringOf(space)
		});
		if (!exchanged.ok) return exchanged;
		told = exchanged.value.answer.heads;
		refused.push(...exchanged.value.answer.refused);
		acknowledged = Math.max(acknowledged, headOfServer());
		return { ok: true, value: undefined };
	}

	/** Operations of one save each, cut into one segment, bigger by `padding`; kept until a server has them. */
	async function write(count: number, padding = 0): Promise<void> {
		const from = counter.written() + 1;
		await counter.write(count, `${counter.deviceId.slice(0, 4)}-${from}${noise(padding)}`);
		segments.push(...(await counter.cut(from, from + count - 1)));
	}

	return {
		counter,
		transport,
		deviceId: counter.deviceId,
		segments: segments as readonly Segment[],
		refused: refused as readonly RefusedSegment[],
		send,
		write,
		async push(count: number): Promise<Result<void, TransportError>> {
			await write(count);
			return send();
		},
		/** The highest sequence that any answer said is durable. */
		acknowledged: () => acknowledged
	};
}

/** Lays the space and all its devices onto the server. */
export async function laySpace(space: TestSpace, devices: readonly PushingDevice[], code: string): Promise<void> {
	const deviceKeys = devices.map(({ counter }) => counter.deviceKey);
	must(await devices[0]!.transport.foundSpace({ code, records: [space.record], deviceKeys }));
}

/** Takes in what a server holds beyond `held`, which it moves on, and gives the new segments. */
export async function fetchBeyond(
	{ transport, counter }: { readonly transport: Transport; readonly counter: TestCounter },
	space: TestSpace,
	held: Map<DeviceId, Head>
): Promise<{ readonly segments: readonly Segment[]; readonly heads: Heads }> {
	const segments: Segment[] = [];
	for (;;) {
		const offer = { heads: held, segments: [], deviceKeys: [], keyring: keyringOf(space) };
		const { answer } = must(await transport.exchange(space.spaceId, offer));
		segments.push(...answer.segments);
		for (const segment of answer.segments)
			held.set(segment.header.deviceId, {
				sequence: lastSequenceOf(segment),
				chainValue: segment.header.chainAfter,
				beyond: []
			});
		if (!answer.more) return { segments, heads: answer.heads };
		if (answer.segments.length === 0) throw new Error(`more than what ${counter.deviceId} was given, but nothing came`);
	}
}
