/** A counter of a test space as servers meet it: a device with real keys that writes segments and signs its calls. */
import { deriveKeys } from '$lib/crypto/data-key';
import { signDeviceToken } from '$lib/crypto/device-token';
import type { OpenedPerson } from '$lib/crypto/keyring';
import { chainZero, cutSegments, sealPending, type OpenedRow } from '$lib/crypto/seal';
import { generateDeviceKeys } from '$lib/crypto/signature';
import type { KeyId, SpaceId } from '$lib/domain/ids';
import type { Segment } from '$lib/domain/operation-log';
import type { DeviceKey } from '$lib/sync/protocol';
import type { SignToken } from '$lib/sync/transport';

const FIRST_KEY = '1.general' as KeyId;

interface SpaceOfCounter {
	readonly spaceId: SpaceId;
	readonly opened: OpenedPerson;
}

export type TestCounter = Awaited<ReturnType<typeof testCounter>>;

/** `identity`: the keys of another counter, as on a cloned notebook. */
export async function testCounter(space: SpaceOfCounter, identity?: Awaited<ReturnType<typeof generateDeviceKeys>>) {
	const device = identity ?? (await generateDeviceKeys());
	const dataKey = space.opened.dataKeys.get(FIRST_KEY);
	if (!dataKey) throw new Error('a founded space has a first key');
	const keys = await deriveKeys(dataKey, space.spaceId, FIRST_KEY);
	const { deviceId, publicKey, signingKey } = device;
	const deviceKey: DeviceKey = { deviceId, publicKey };
	const written: OpenedRow[] = [];
	let previousChainValue = chainZero();

	/** Appends operations; `cut` makes segments of any stretch of them. */
	async function write(count: number, mark = ''): Promise<void> {
		for (let i = 0; i < count; i++) {
			const bytes = new TextEncoder().encode(JSON.stringify({ n: written.length + 1, mark }));
			const row = await sealPending({
				keys,
				spaceId: space.spaceId,
				deviceId,
				sequence: written.length + 1,
				operationBytes: bytes,
				previousChainValue,
				staffId: space.opened.staffId,
				staffKey: space.opened.signingKey
			});
			previousChainValue = new Uint8Array(row.chainValue);
			written.push({ row, bytes });
		}
	}

	const cut = (from: number, to: number): Promise<Segment[]> =>
		cutSegments({
			rows: written.slice(from - 1, to),
			chainBefore: from === 1 ? chainZero() : written[from - 2]!.row.chainValue,
			spaceId: space.spaceId,
			deviceId,
			deviceKey: signingKey,
			keysById: new Map([[FIRST_KEY, keys]])
		});

	/** Segments of `size` operations each, of all that is written. */
	async function cutAll(size: number): Promise<Segment[]> {
		const segments: Segment[] = [];
		for (let from = 1; from <= written.length; from += size)
			segments.push(...(await cut(from, Math.min(from + size - 1, written.length))));
		return segments;
	}

	const signToken: SignToken = (call) => signDeviceToken({ deviceId, key: signingKey, ...call });

	return { ...device, identity: device, deviceKey, write, cut, cutAll, signToken, written: () => written.length };
}

/** One segment of `count` operations in one go. */
export async function aSegment(counter: TestCounter, count = 3): Promise<Segment> {
	const from = counter.written() + 1;
	await counter.write(count);
	const [segment] = await counter.cut(from, from + count - 1);
	if (!segment) throw new Error('nothing was cut');
	return segment;
}
