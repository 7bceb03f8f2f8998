/** A sheet of a workbook becomes rows. */
import { MAX_IMPORT_ENTRIES } from '$lib/domain/appointment-import';
import { isBlankRow, type TableRow } from './table-row';
import { readXml } from './xml-events';
import { columnOf, fillMerged, mergeOf, type Merge } from './xlsx-merges';
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

/** Rows that hold something, by the number that Excel shows beside them. Cells merged over several rows say the same in each. */
export function readSheetRows(xml: string, context: CellContext): SheetReading {
	const state: SheetState = {
		rows: [],
		tooMany: false,
		at: 0,
		cells: [],
		cell: NO_CELL,
		inside: null,
		phonetic: false,
		merges: []
	};
	const sound = readXml(xml, {
		open: (name, attribute) => openElement(state, name, attribute),
		text: (text) => {
			if (state.inside !== null && !state.phonetic) state.cell[state.inside] += text;
		},
		close: (name) => closeElement(state, name, context)
	});
	fillMerged(state.rows, state.merges);
	return { rows: state.rows, tooMany: state.tooMany, sound };
}

interface SheetRow extends TableRow {
	readonly cells: string[];
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
	readonly rows: SheetRow[];
	readonly merges: Merge[];
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
	} else if (name === 'mergeCell') {
		const merge = mergeOf(attribute('ref'));
		if (merge !== null && state.merges.length < MAX_ROWS) state.merges.push(merge);
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
