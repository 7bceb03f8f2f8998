/** Merged cells of a sheet: „3.11.“ over all the appointments of a day stands in the first row of the file and is meant for each. */

/** Rows as Excel counts them, from 1; of several columns only the first holds anything. */
export interface Merge {
	readonly column: number;
	readonly from: number;
	readonly to: number;
}

const AREA = /^\$?[A-Z]{1,3}\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})$/;

/** Null: within one row, or no area. */
export function mergeOf(area: string | null): Merge | null {
	const [, from = '', to = ''] = AREA.exec(area ?? '') ?? [];
	const column = columnOf(area);
	return column === null || Number(to) <= Number(from) ? null : { column, from: Number(from), to: Number(to) };
}

/** `B7` → 1; null: no address. */
export function columnOf(address: string | null): number | null {
	const letters = /^\$?([A-Z]{1,3})/.exec(address ?? '')?.[1];
	if (letters === undefined) return null;
	return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Wider merges of a hostile sheet would fill the memory. */
const MAX_COLUMNS = 60;
const MAX_FILLED = 200_000;

interface Row {
	readonly at: number;
	readonly cells: string[];
}

/** Writes the first row's text into the rows below it. Areas of one column do not overlap in Excel; where they do, a row is filled once. */
export function fillMerged(rows: readonly Row[], merges: readonly Merge[]): void {
	const filledTo = new Map<number, number>();
	let left = MAX_FILLED;
	for (const { column, from, to } of merges.toSorted((a, b) => a.from - b.from)) {
		const first = firstAt(rows, from);
		const text = rows[first]?.at === from ? (rows[first].cells[column] ?? '') : '';
		if (text === '' || column >= MAX_COLUMNS || from < (filledTo.get(column) ?? 0)) continue;
		filledTo.set(column, to);
		for (let index = first + 1; (rows[index]?.at ?? Infinity) <= to && left > 0; index++, left--) {
			const cells = rows[index]?.cells ?? [];
			while (cells.length < column) cells.push('');
			if ((cells[column] ?? '') === '') cells[column] = text;
		}
	}
}

/** The first row with this number or a higher one. */
function firstAt(rows: readonly Row[], at: number): number {
	let [low, high] = [0, rows.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((rows[middle]?.at ?? Infinity) < at) low = middle + 1;
		else high = middle;
	}
	return low;
}
