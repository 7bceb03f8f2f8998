/** Lines of a CSV file become records: quotes may hold line ends, but an open quote never swallows the rows after it. */

export interface TextRecord {
	readonly text: string;
	/** False: a quote opens in it that does not end where it should; `text` is its first line. */
	readonly whole: boolean;
}

/** No cell of Excel holds more characters, so a quote that is longer was never meant to be one. */
const MAX_CELL_LENGTH = 32_767;
const LINE_END = /\r\n|\n|\r/g;

interface Line {
	readonly start: number;
	readonly end: number;
	/** Behind its line end. */
	readonly next: number;
}

/** In order, empty lines included; a line end at the very end begins no record. Stops after `limit` records. */
export function recordsOf(text: string, delimiter: string, limit: number): readonly TextRecord[] {
	const records: TextRecord[] = [];
	let at = 0;
	while (at < text.length && records.length < limit) {
		const first = lineAt(text, at);
		const last = lastLineOf(text, first, delimiter);
		const { end, next } = last ?? first;
		records.push({ text: text.slice(first.start, end), whole: last !== null });
		at = next;
	}
	return records;
}

function lineAt(text: string, start: number): Line {
	LINE_END.lastIndex = start;
	const found = LINE_END.exec(text);
	if (found === null) return { start, end: text.length, next: text.length };
	return { start, end: found.index, next: found.index + found[0].length };
}

/** The line in which the record ends that begins with `first`; null: it has no sensible end. */
function lastLineOf(text: string, first: Line, delimiter: string): Line | null {
	let line = first;
	let state = stateBehind(text.slice(line.start, line.end), delimiter, false);
	while (state.open) {
		if (line.next >= text.length || line.next - first.start > MAX_CELL_LENGTH) return null;
		line = lineAt(text, line.next);
		state = stateBehind(text.slice(line.start, line.end), delimiter, true);
		// A quote amidst the text, lines below the one that opened: most likely a quoted cell of a later row.
		if (state.stray) return null;
	}
	return line;
}

interface QuoteState {
	readonly open: boolean;
	/** A single quote stood within a quoted cell, and did not end it. */
	readonly stray: boolean;
}

/** What a line leaves behind that begins within a quoted cell (`open`) or with a new one. */
function stateBehind(line: string, delimiter: string, open: boolean): QuoteState {
	let stray = false;
	let at = 0;
	while (at <= line.length) {
		if (!open) {
			open = line[at] === '"';
			const next = line.indexOf(delimiter, at);
			if (!open && next < 0) return { open, stray };
			at = open ? at + 1 : next + delimiter.length;
			continue;
		}
		const quote = line.indexOf('"', at);
		if (quote < 0) return { open, stray };
		const behind = cellEndBehind(line, quote + 1, delimiter);
		at = line[quote + 1] === '"' ? quote + 2 : (behind ?? quote + 1);
		if (line[quote + 1] === '"') continue;
		if (behind === null) stray = true;
		else open = false;
		if (behind === line.length + 1) break;
	}
	return { open, stray };
}

/** Where the next cell begins if a quote before `at` ends its cell (length + 1: there is none); null: it does not. */
function cellEndBehind(line: string, at: number, delimiter: string): number | null {
	while (at < line.length && line[at] !== delimiter && line[at]?.trim() === '') at++;
	if (at >= line.length) return line.length + 1;
	return line.startsWith(delimiter, at) ? at + delimiter.length : null;
}
