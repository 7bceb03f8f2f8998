/** The last resort when more comes than can be held: 429, and when to come back. Before that, everybody waits in turn. */
import { createBodyRoom, type BodyRoom } from './arriving-body';
import type { Amount } from './fair-queue';
import { problem } from './problem';

const MIB = 1024 * 1024;

/** What may wait for the commit loop: more calls than devices that a space may have, and eight of the longest. */
export const WAITING: Amount = { count: 2_500, sizeBytes: 32 * MIB };
/** What one commit serves. More at once costs memory and gains nothing (docs/decisions/0027). */
export const AT_ONCE: Amount = { count: 64, sizeBytes: 8 * MIB };
/** Bodies of which only a part is here. */
const ARRIVING_BYTES = 32 * MIB;

/** All come back at different times: those refused in the same second must not meet again. */
const RETRY_FROM_S = 3;
const RETRY_SPREAD = 10;

export interface Overload {
	/** For bodies that are arriving. */
	readonly room: BodyRoom;
	/** 429 `overloaded`. */
	refusal(): Response;
}

export function createOverload(arrivingBytes = ARRIVING_BYTES): Overload {
	let refused = 0;
	return {
		room: createBodyRoom(arrivingBytes),
		refusal: () => problem('overloaded', { retryAfterMs: (RETRY_FROM_S + (refused++ % RETRY_SPREAD)) * 1_000 })
	};
}
