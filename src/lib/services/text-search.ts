/** Looking through short lines of text, one a subject: a scan and no index, since 10,000 lines take a millisecond or two. */
import { searchForm } from '$lib/domain/search-key';

const MOST_HITS = 500;

export const compact = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

/** Hyphens and brackets part words: „Strauß“ finds Schmidt-Strauß, and „Meyer“ finds „Blumen Huber (Meyer)“. */
export const wordsOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ');

interface Line {
	/** Search text: words parted and led by a blank. */
	readonly text: string;
}

/** Every word typed must stand at the beginning of a word; the whole without separators may stand anywhere. Best first by `compare`. */
export function findLines<T extends Line>(lines: Iterable<T>, typed: string, compare: (a: T, b: T) => number): T[] {
	const words = searchForm(typed).split(/\s+/).filter(Boolean);
	const whole = compact(searchForm(typed));
	if (words.length === 0 || whole === '') return [];
	const hits: T[] = [];
	for (const line of lines)
		if (words.every((word) => line.text.includes(` ${word}`)) || (whole.length >= 3 && line.text.includes(whole)))
			hits.push(line);
	return hits.sort(compare).slice(0, MOST_HITS);
}
