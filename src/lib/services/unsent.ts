/** How many operations one side holds that the other does not: plain arithmetic over heads. */
import type { DeviceId } from '$lib/domain/ids';
import type { Head, Heads } from '$lib/domain/operation-log';
import { addRange, countMissing, type Ranges } from '$lib/domain/ranges';

const rangesOf = (head: Head | undefined): Ranges =>
	head
		? head.beyond.reduce(
				(ranges, [from, to]) => addRange(ranges, from, to),
				head.sequence > 0 ? addRange([], 1, head.sequence) : []
			)
		: [];

/** Operations in `ours` and not in `theirs`. */
export const countUnsent = (ours: Heads, theirs: Heads): number =>
	[...ours].reduce((sum, [deviceId, head]) => sum + countMissing(rangesOf(head), rangesOf(theirs.get(deviceId))), 0);

/** Operations on no server at all. */
export const countOnNoServer = (ours: Heads, servers: readonly Heads[]): number =>
	[...ours].reduce((sum, [deviceId, head]) => {
		const together = servers.reduce<Ranges>(
			(ranges, heads) =>
				rangesOf(heads.get(deviceId)).reduce<Ranges>((all, [from, to]) => addRange(all, from, to), ranges),
			[]
		);
		return sum + countMissing(rangesOf(head), together);
	}, 0);

/** Of those on neither a server nor a peer: what goes to no server from here, since none knows the device and nobody here vouches for it (decision 44). */
export const countHeldBack = (
	ours: Heads,
	servers: readonly Heads[],
	peers: readonly Heads[],
	vouchedFor: ReadonlySet<DeviceId>
): number =>
	countOnNoServer(
		new Map([...ours].filter(([id]) => !vouchedFor.has(id) && !servers.some((heads) => heads.has(id)))),
		peers
	);
