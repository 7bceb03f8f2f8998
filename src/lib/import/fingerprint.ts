/** Names for entries that bring none: what they say of day, hour, citizen and service, as a short hash. */
import type { AppointmentFacts } from '$lib/domain/appointment-import';
import { searchForm } from '$lib/domain/search-key';

type Told = Pick<AppointmentFacts, 'date' | 'time' | 'name' | 'service' | 'number'>;

/** `row:` and 16 hex digits; the same however the name is spelled (Müller, MUELLER). Not unique: see `numbered`. */
export const fingerprintOf = ({ date, time, name, service, number }: Told): string =>
	`row:${fnv1a64(JSON.stringify([date, time, searchForm(name), searchForm(service), number]))}`;

/** Equal keys within a file become distinct, in its order: the second ends in `~2`, the third in `~3`. */
export function numbered<Entry extends { readonly key: string }>(entries: readonly Entry[]): readonly Entry[] {
	const taken = new Set(entries.map(({ key }) => key));
	const seen = new Map<string, number>();
	return entries.map((entry) => {
		const before = seen.get(entry.key);
		if (before === undefined) {
			seen.set(entry.key, 1);
			return entry;
		}
		let next = before + 1;
		while (taken.has(`${entry.key}~${String(next)}`)) next++;
		seen.set(entry.key, next);
		return { ...entry, key: `${entry.key}~${String(next)}` };
	});
}

/** FNV-1a of 64 bits over UTF-8 (Fowler, Noll, Vo; RFC 9923), in two halves: its prime is 2^40 + 0x1b3. */
export function fnv1a64(text: string): string {
	let high = 0xcbf29ce4;
	let low = 0x84222325;
	for (const byte of new TextEncoder().encode(text)) {
		const mixed = (low ^ byte) >>> 0;
		const product = mixed * 0x1b3;
		high = (high * 0x1b3 + Math.floor(product / 2 ** 32) + (mixed << 8)) >>> 0;
		low = product >>> 0;
	}
	return hex(high) + hex(low);
}

const hex = (half: number): string => half.toString(16).padStart(8, '0');
