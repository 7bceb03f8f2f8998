/** Which parts of which bundles were read: what is lacking, cut off or there twice. */
import { hexOf } from '$lib/domain/ids';
import type { ParsedFrame } from '$lib/sync/bundle';

interface PartsOfBundle {
	readonly read: Set<number>;
	/** Number of the last part; null while it was not read. */
	last: number | null;
}

export function createPartList() {
	const bundles = new Map<string, PartsOfBundle>();
	const files = new Map<string, { part: string; isClosed: boolean }>();
	const doubled = new Set<string>();
	let current = '';

	return {
		/** A file of this name is read from here on; two may have the same. */
		begin: (name: string): void => {
			current = name;
			files.set(name, { part: '', isClosed: false });
		},
		note: ({ offer, part, closes }: Pick<ParsedFrame, 'offer' | 'part' | 'closes'>): void => {
			const id = hexOf(offer.nonce);
			const bundle = bundles.get(id) ?? { read: new Set<number>(), last: null };
			bundles.set(id, bundle);
			const file = files.get(current);
			const partName = `${id}:${part}`;
			if (file && file.part !== partName) {
				if (bundle.read.has(part)) doubled.add(current);
				file.part = partName;
			}
			bundle.read.add(part);
			if (file && closes !== 'nothing') file.isClosed = true;
			if (closes === 'bundle') bundle.last = part;
		},
		/** `unread`: names of files that hold nothing of ours anyway. */
		summary: (unread: readonly string[], stopped: boolean) => {
			const missing = new Set<number>();
			for (const { read, last } of bundles.values()) {
				const end = last ?? Math.max(0, ...read);
				for (let part = 1; part <= end; part++) if (!read.has(part)) missing.add(part);
			}
			const cutOff = [...files].filter(([name, { isClosed }]) => !isClosed && !unread.includes(name));
			return {
				doubled: [...doubled],
				missingParts: stopped ? [] : [...missing].sort((a, b) => a - b),
				lacksLast: !stopped && cutOff.length === 0 && [...bundles.values()].some(({ last }) => last === null),
				cutOff: stopped ? [] : cutOff.map(([name]) => name)
			};
		}
	};
}
