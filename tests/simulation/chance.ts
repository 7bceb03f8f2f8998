/** Decisions of a simulated site: the same seed decides the same (mulberry32). */
export interface Chance {
	/** An integer from 0 to `limit − 1`. */
	below(limit: number): number;
	between(low: number, high: number): number;
	happens(probability: number): boolean;
	pick<T>(items: readonly T[]): T;
}

export function createChance(seed: number): Chance {
	let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	return {
		below,
		between: (low, high) => low + below(high - low + 1),
		happens: (probability) => next() < probability,
		pick: (items) => {
			const picked = items[below(items.length)];
			if (picked === undefined) throw new Error('nothing to pick from');
			return picked;
		}
	};
}
