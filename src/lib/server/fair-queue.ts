/** Who waits, by owner, handed out in turns: an owner with many waiting holds up each other one by one turn at most. Pure. */

/** How much may wait, or be taken at once: so many, or so many bytes. */
export interface Amount {
	readonly count: number;
	readonly sizeBytes: number;
}

export interface Sized {
	readonly sizeBytes: number;
}

export interface FairQueue<Item> {
	readonly size: number;
	/** → those that have to go because it is full: the last of whoever has most waiting, which may be the new one itself. */
	add(owner: string, item: Item): readonly Item[];
	/** One of each owner in turn, until there is enough or nothing left. At least one, however big. */
	take(atMost: Amount): readonly Item[];
}

export function createFairQueue<Item extends Sized>(limit: Amount): FairQueue<Item> {
	/** Owners in the order of their turns; nobody stands in it with nothing. */
	const waiting = new Map<string, Item[]>();
	let count = 0;
	let sizeBytes = 0;

	const note = (sign: 1 | -1, item: Item): Item => {
		count += sign;
		sizeBytes += sign * item.sizeBytes;
		return item;
	};

	/** Of several with as many, the one whose turn is last. */
	function dropFromLongest(): Item {
		let longest: [string, Item[]] | undefined;
		for (const entry of waiting) if (!longest || entry[1].length >= longest[1].length) longest = entry;
		const [owner, items] = longest!;
		const dropped = items.pop()!;
		if (items.length === 0) waiting.delete(owner);
		return note(-1, dropped);
	}

	return {
		get size() {
			return count;
		},
		add(owner, item) {
			const items = waiting.get(owner);
			if (items) items.push(item);
			else waiting.set(owner, [item]);
			note(1, item);
			const dropped: Item[] = [];
			while (count > limit.count || sizeBytes > limit.sizeBytes) dropped.push(dropFromLongest());
			return dropped;
		},
		take(atMost) {
			const taken: Item[] = [];
			let takenBytes = 0;
			for (const [owner, items] of waiting) {
				const next = items[0]!;
				if (taken.length > 0 && (taken.length >= atMost.count || takenBytes + next.sizeBytes > atMost.sizeBytes)) break;
				takenBytes += next.sizeBytes;
				taken.push(note(-1, items.shift()!));
				waiting.delete(owner);
				// Back to the end of the line: this loop comes to it again after everybody else.
				if (items.length > 0) waiting.set(owner, items);
			}
			return taken;
		}
	};
}
