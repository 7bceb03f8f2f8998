/** Which parts of which bundles were read: what is lacking, cut off or there twice. */
import { hexOf } from '$lib/domain/ids';
import type { ParsedFrame } from '$lib/sync/bundle';

type Noted = Pick<ParsedFrame, 'writer' | 'offer' | 'part' | 'frame' | 'closes'>;

interface Part {
	/** Frames that were read, and the highest number among them: they count from 1 on. */
	readonly frames: Set<number>;
	highest: number;
}
interface PartsOfBundle {
	readonly parts: Map<number, Part>;
	/** Number of the last part; null while it was not read. */
	last: number | null;
}

/** A stick holds a few; a file that somebody made may claim any number, and what is beyond this is not looked after. */
const MOST_BUNDLES = 1_000;
const MOST_FRAMES = 100_000;
/** More need not be named. */
const MOST_MISSING = 100;

export function createPartList() {
	const bundles = new Map<string, PartsOfBundle>();
	const files = new Map<string, { part: string; isClosed: boolean }>();
	const doubled = new Set<string>();
	let current = '';
	let noted = 0;

	const bundleOf = (id: string): PartsOfBundle | null => {
		const known = bundles.get(id);
		if (known || bundles.size >= MOST_BUNDLES) return known ?? null;
		const bundle: PartsOfBundle = { parts: new Map(), last: null };
		bundles.set(id, bundle);
		return bundle;
	};

	return {
		/** A file is read from here on; names are told apart by the caller. */
		begin: (name: string): void => {
			current = name;
			files.set(name, { part: '', isClosed: false });
		},
		note: ({ writer, offer, part, frame, closes }: Noted): void => {
			// The bundle's id can be read by anybody who puts a frame of his own beside.
			const id = `${writer.deviceId}:${hexOf(offer.nonce)}`;
			const file = files.get(current);
			if (file && closes !== 'nothing') file.isClosed = true;
			const bundle = bundleOf(id);
			if (!bundle || ++noted > MOST_FRAMES) return;
			const known = bundle.parts.get(part);
			const partName = `${id}:${part}`;
			if (file && file.part !== partName) {
				if (known) doubled.add(current);
				file.part = partName;
			}
			const { frames, highest } = known ?? { frames: new Set<number>(), highest: 0 };
			bundle.parts.set(part, { frames: frames.add(frame), highest: Math.max(highest, frame) });
			if (closes === 'bundle') bundle.last = part;
		},
		/** Frames that lie between others and were not read: cut out whole, damage leaves no trace of them. */
		missingFrames: (): number =>
			[...bundles.values()]
				.flatMap(({ parts }) => [...parts.values()])
				.reduce((sum, { frames, highest }) => sum + highest - frames.size, 0),
		/** `unread`: names of files that hold nothing of ours anyway. */
		summary: (unread: readonly string[], stopped: boolean) => {
			const missing = new Set<number>();
			for (const { parts, last } of bundles.values()) addMissing(missing, [...parts.keys()], last);
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

/** Between the parts that were read, however far apart they claim to be. */
function addMissing(missing: Set<number>, read: readonly number[], last: number | null): void {
	let next = 1;
	for (const part of [...read, ...(last === null ? [] : [last + 1])].sort((a, b) => a - b)) {
		for (; next < part && missing.size < MOST_MISSING; next++) missing.add(next);
		next = Math.max(next, part + 1);
	}
}
