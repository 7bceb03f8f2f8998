/** Bytes that look random and come again from the same seed (xorshift32). */
import type { RandomBytes } from '$lib/crypto/bytes';

export function seededRandom(seed: number): RandomBytes {
	let state = seed | 1;
	return (length) =>
		Uint8Array.from({ length }, () => {
			state ^= state << 13;
			state ^= state >>> 17;
			state ^= state << 5;
			return state & 255;
		});
}
