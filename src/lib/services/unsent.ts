/** How many operations one side holds that the other does not: plain arithmetic over heads. */
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
