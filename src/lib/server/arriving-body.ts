/** Bodies that are arriving, bounded over all callers: when there is no more room, the biggest gives way, small ones go through. */

/** Of one call. */
export interface ArrivingBody {
	/** → how much has come in all; what there is no room for is only counted. */
	add(part: Uint8Array): number;
	/** It was the biggest when there was no more room. */
	readonly gaveWay: boolean;
	/** Everything, if it was at most `limit`. */
	whole(): Uint8Array<ArrayBuffer>;
	/** Its room is for others from now on. */
	forget(): void;
}

export interface BodyRoom {
	/** `limit`: of this body alone; beyond it nothing is kept. */
	open(limit: number): ArrivingBody;
}

interface Held {
	sizeBytes: number;
	drop(): void;
}

export function createBodyRoom(roomBytes: number): BodyRoom {
	const all = new Set<Held>();

	function makeRoom(): void {
		for (let total = [...all].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0); total > roomBytes;) {
			const biggest = [...all].reduce((a, b) => (b.sizeBytes >= a.sizeBytes ? b : a));
			total -= biggest.sizeBytes;
			biggest.drop();
		}
	}

	return {
		open(limit) {
			const parts: Uint8Array[] = [];
			let length = 0;
			let gaveWay = false;
			const forget = () => {
				parts.length = 0;
				all.delete(held);
			};
			const held: Held = {
				sizeBytes: 0,
				drop() {
					gaveWay = true;
					forget();
				}
			};
			all.add(held);
			return {
				forget,
				get gaveWay() {
					return gaveWay;
				},
				add(part) {
					length += part.length;
					if (length > limit) forget();
					else if (!gaveWay) {
						parts.push(part);
						held.sizeBytes = length;
						makeRoom();
					}
					return length;
				},
				whole: () => joined(parts, length)
			};
		}
	};
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
