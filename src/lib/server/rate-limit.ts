/** Slows down guessing of codes: counts failures by a name (an address, a package), in memory, per process. */

export interface RateLimit {
	/** Ms to wait before the next attempt; 0: go ahead. */
	waitFor(name: string, nowMs: number): number;
	/** Counts one failure. An attempt is counted before it is made, so that attempts made at once count each other. */
	failed(name: string, nowMs: number): void;
	/** Takes back what was counted at that time: the attempt was none, or the right one. */
	forgive(name: string, atMs: number): void;
}

const MAX_NAMES = 10_000;
/** All callers together get so many times as many failures as one: who has a thousand addresses is slowed down too. */
const EVERYBODY = 30;

/** One limit for each address and one for all of them. A whole /64 of IPv6 counts as one: every household has that many. */
export function createAddressLimit(failures: number, windowMs: number): RateLimit {
	const each = createRateLimit(failures, windowMs);
	const all = createRateLimit(failures * EVERYBODY, windowMs);
	return {
		waitFor: (address, nowMs) => Math.max(each.waitFor(networkOf(address), nowMs), all.waitFor('all', nowMs)),
		failed(address, nowMs) {
			each.failed(networkOf(address), nowMs);
			all.failed('all', nowMs);
		},
		forgive(address, atMs) {
			each.forgive(networkOf(address), atMs);
			all.forgive('all', atMs);
		}
	};
}

/** An address of IPv4 as it is, also when written as one of IPv6; of IPv6 the first four groups. */
export function networkOf(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped || !address.includes(':')) return mapped ?? address;
	const [before = '', after] = address.toLowerCase().split('%')[0]!.split('::');
	const groups = before === '' ? [] : before.split(':');
	const behind = after ? after.split(':') : [];
	const zeros = after === undefined ? 0 : 8 - groups.length - behind.length;
	return [...groups, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...behind].slice(0, 4).join(':');
}

/** `failures` within `windowMs` are forgiven, the next attempt waits until the oldest is past. */
export function createRateLimit(failures: number, windowMs: number): RateLimit {
	const failedAtByName = new Map<string, number[]>();
	const recent = (name: string, nowMs: number) =>
		(failedAtByName.get(name) ?? []).filter((at) => nowMs - at < windowMs && at <= nowMs);
	return {
		waitFor(name, nowMs) {
			const times = recent(name, nowMs);
			return times.length < failures ? 0 : windowMs - (nowMs - (times[times.length - failures] ?? nowMs));
		},
		failed(name, nowMs) {
			const times = recent(name, nowMs);
			failedAtByName.delete(name);
			if (failedAtByName.size >= MAX_NAMES) forgetOldest(failedAtByName);
			failedAtByName.set(name, [...times, nowMs].slice(-failures));
		},
		forgive(name, atMs) {
			const times = failedAtByName.get(name) ?? [];
			const place = times.lastIndexOf(atMs);
			if (place < 0) return;
			if (times.length === 1) failedAtByName.delete(name);
			else failedAtByName.set(name, times.toSpliced(place, 1));
		}
	};
}

/** Memory stays bounded even if every attempt comes from another address. */
function forgetOldest(failedAtByName: Map<string, number[]>): void {
	const oldest = failedAtByName.keys().next();
	if (!oldest.done) failedAtByName.delete(oldest.value);
}
