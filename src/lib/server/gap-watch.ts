/** Gaps in the sequence of a device, told to whoever runs the server, each once (SY12). Numbers alone: what is in them, nobody here knows. */
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { gaps } from '$lib/domain/ranges';
import { rangesOfHead } from '$lib/sync/heads';
import type { Store } from './store';

export interface Gap {
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	/** Operations that are lacking, both included. */
	readonly from: number;
	readonly to: number;
}

/** Reading the heads of a space costs little, but not with every call. */
const LOOK_EVERY_MS = 60_000;

export function createGapWatch(store: Pick<Store, 'heads'>, now: () => number) {
	const lookedAt = new Map<SpaceId, number>();
	const told = new Map<SpaceId, ReadonlySet<string>>();
	return {
		/** Gaps that were not there when it was looked last; a gap that was filled and comes again is told again. */
		look: async (spaceId: SpaceId): Promise<readonly Gap[]> => {
			if (now() - (lookedAt.get(spaceId) ?? -Infinity) < LOOK_EVERY_MS) return [];
			lookedAt.set(spaceId, now());
			const found: Gap[] = [];
			for (const [deviceId, head] of await store.heads(spaceId))
				for (const [from, to] of gaps(rangesOfHead(head))) found.push({ spaceId, deviceId, from, to });
			const before = told.get(spaceId);
			told.set(spaceId, new Set(found.map(nameOf)));
			return found.filter((gap) => !before?.has(nameOf(gap)));
		}
	};
}

const nameOf = ({ deviceId, from, to }: Gap): string => `${deviceId}:${from}-${to}`;
