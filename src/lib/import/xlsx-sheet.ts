/** A sheet of a workbook becomes rows. */
import { MAX_IMPORT_ENTRIES } from '$lib/domain/appointment-import';
import { isBlankRow, type TableRow } from './table-row';
import { readXml } from './xml-events';
import { numberText, unescapeOffice, type NumberKind } from './xlsx-values';

const MAX_ROWS = MAX_IMPORT_ENTRIES + 100;
/** Cells further right are not looked at: Excel has sixteen thousand columns, an appointment has not. */
const MAX_COLUMNS = 256;

export interface CellContext {
	readonly sharedStrings: readonly string[];
	/** By the number of the cell's style. */
	readonly kinds: readonly NumberKind[];
	readonly is1904: boolean;
}

export interface SheetReading {
	readonly rows: readonly TableRow[];
	readonly tooMany: boolean;
	/** False: the sheet breaks off or is no XML. */
	readonly sound: boolean;
}

/** Rows that hold something, by the number that Excel shows beside them. Of merged cells the first has the value. */
export function readSheetRows(xml: string, context: CellContext): SheetReading {
	const state: SheetState = {
		rows: [],
		tooMany: false,
		at: 0,
		cells: [],
		cell: NO_CELL,
		inside: null,
		phonetic: false
	};
	const sound = readXml(xml, {
		open: (name, attribute) => openElement(state, name, attribute),
		text: (text) => {
			if (state.inside !== null && !state.phonetic) state.cell[state.inside] += text;
		},
		close: (name) => closeElement(state, name, context)
	});
	return { rows: state.rows, tooMany: state.tooMany, sound };
}

/** `v` is the value of a cell, `t` a text that stands in the cell itself. */
interface RawCell {
	readonly column: number;
	readonly type: string;
	readonly style: number;
	v: string;
	t: string;
}
const NO_CELL: RawCell = { column: -1, type: 'n', style: 0, v: '', t: '' };

interface SheetState {
	readonly rows: TableRow[];
	tooMany: boolean;
	at: number;
	cells: string[];
	cell: RawCell;
	inside: 'v' | 't' | null;
	/** Within a reading aid of East Asian text. */
	phonetic: boolean;
}

function openElement(state: SheetState, name: string, attribute: (name: string) => string | null): void {
	if (name === 'row') {
		state.at = Number(attribute('r')) || state.at + 1;
		state.cells = [];
		state.cell = { ...NO_CELL };
	} else if (name === 'c') {
		const column = columnOf(attribute('r')) ?? state.cell.column + 1;
		state.cell = { column, type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0), v: '', t: '' };
	} else if (name === 'v' || name === 't') state.inside = name;
	else if (name === 'rPh') state.phonetic = true;
}

function closeElement(state: SheetState, name: string, context: CellContext): void {
	if (name === 'v' || name === 't') state.inside = null;
	else if (name === 'rPh') state.phonetic = false;
	else if (name === 'c' && state.cell.column < MAX_COLUMNS)
		state.cells[state.cell.column] = cellText(state.cell, context);
	else if (name === 'row' && !isBlankRow(state.cells)) {
		if (state.rows.length >= MAX_ROWS) state.tooMany = true;
		else state.rows.push({ at: state.at, cells: Array.from(state.cells, (text) => text ?? '') });
	}
}

/** `B7` → 1; null: no address. */
function columnOf(address: string | null): number | null {
	const letters = /^\$?([A-Z]{1,3})/.exec(address ?? '')?.[1];
	if (letters === undefined) return null;
	return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText({ type, style, v, t }: RawCell, { sharedStrings, kinds, is1904 }: CellContext): string {
	switch (type) {
		case 's':
			return sharedStrings[Number(v)] ?? '';
		case 'inlineStr':
			return unescapeOffice(t);
		case 'str':
			return unescapeOffice(v);
		case 'b':
			return v.trim() === '1' ? 'WAHR' : 'FALSCH';
		case 'd':
		case 'e':
			return v.trim();
		default:
			return v === '' ? unescapeOffice(t) : numberText(v, kinds[style] ?? 'number', is1904);
	}
}
