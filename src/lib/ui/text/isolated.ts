/** Words of people within a sentence of ours: whatever direction they call for, the rest of the line keeps its own. */

/** Letters that are written from right to left, and the controls of direction (Unicode Bidirectional Algorithm, UAX #9). */
const TURNS =
	/[\u0590-\u08FF\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** What ends a paragraph ends every isolation with it. */
const PARAGRAPH_ENDS = /[\n\r\u001C-\u001E\u0085\u2029]+/g;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/**
 * Set apart by an isolate whose inside is balanced: `unicode-bidi: isolate` alone is left again by a PDI that the text brings
 * with it (seen in Chromium 156). Most texts call for no direction and come back as they are.
 */
export function isolated(text: string): string {
	if (!TURNS.test(text)) return text;
	return FIRST_STRONG_ISOLATE + balanced(text.replace(PARAGRAPH_ENDS, ' ')) + POP_ISOLATE;
}

/** Controls, halves of characters and signs without width or with a direction: called by their number, where we speak of them. */
export const visible = (text: string): string =>
	text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, (character) => {
		const point = character.codePointAt(0) ?? 0;
		return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
	});

/** Isolates that were opened are closed, and none is closed that was not opened. */
function balanced(text: string): string {
	let open = 0;
	const kept = [...text].filter((character) => {
		if (/[\u2066-\u2068]/.test(character)) open++;
		if (character !== POP_ISOLATE) return true;
		return open > 0 && open-- > 0;
	});
	return kept.join('') + POP_ISOLATE.repeat(open);
}
