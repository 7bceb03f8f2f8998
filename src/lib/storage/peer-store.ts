/**
 * Devices of the space whose data carriers were read here, and what each said it holds: one more place beside the servers, as
 * far as they say it themselves (decision 38). A hint as theirs is: losing it only means that more is written the next time.
 */
import type { DeviceId } from '$lib/domain/ids';
import type { CounterDatabase } from './database';
import { isRow, isTime } from './row-shape';
import { parseServer, PEER_PREFIX, serverRowOf, type ServerState } from './server-store';

export interface Peer extends Pick<ServerState, 'heads' | 'tips'> {
	readonly deviceId: DeviceId;
	/** Clock of the other device, ms. */
	readonly writtenAt: number;
	/** Clock of this device, ms. */
	readonly readAt: number;
}

export interface PeerStore {
	/** The one read last first. */
	list(): Promise<Peer[]>;
	/** A carrier that is older than what was read before changes nothing: its numbers tell, not clocks, unless they are the same. */
	save(peer: Peer): Promise<void>;
	remove(deviceId: DeviceId): Promise<void>;
}

const keyOf = (deviceId: DeviceId): string => PEER_PREFIX + deviceId;

export const createPeerStore = (database: CounterDatabase): PeerStore => ({
	list: async () =>
		(await database.servers.where('origin').startsWith(PEER_PREFIX).toArray())
			.map(parsePeer)
			.filter((peer) => peer !== null)
			.sort((a, b) => b.readAt - a.readAt),
	save: (peer) =>
		database.transaction('rw', database.servers, async () => {
			const known = parsePeer(await database.servers.get(keyOf(peer.deviceId)));
			if (known && isNewer(known, peer)) return;
			const { heads, tips, readAt, writtenAt } = peer;
			await database.servers.put({
				...serverRowOf(keyOf(peer.deviceId), { heads, tips, lastSuccessAt: readAt }),
				writtenAt
			});
		}),
	remove: (deviceId) => Promise.resolve(database.servers.delete(keyOf(deviceId)))
});

const ownSequence = ({ deviceId, heads }: Peer): number => heads.get(deviceId)?.sequence ?? 0;

function isNewer(known: Peer, than: Peer): boolean {
	const difference = ownSequence(known) - ownSequence(than);
	return difference > 0 || (difference === 0 && known.writtenAt > than.writtenAt);
}

function parsePeer(row: unknown): Peer | null {
	const parsed = parseServer(row);
	if (!parsed || !isRow(row)) return null;
	const { heads, tips, lastSuccessAt, origin } = parsed;
	const writtenAt = isTime(row.writtenAt) ? row.writtenAt : 0;
	return { deviceId: origin.slice(PEER_PREFIX.length) as DeviceId, heads, tips, writtenAt, readAt: lastSuccessAt ?? 0 };
}
