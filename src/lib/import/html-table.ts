/** A table copied out of a mail becomes rows: text only, whatever else the mail brought. */
import { MAX_IMPORT_ENTRIES } from '$lib/domain/appointment-import';
import { err, ok } from '$lib/domain/result';
import { htmlTokens, type HtmlToken } from './html-tokens';
import { isBlankRow, type TableReading } from './table-row';

const MAX_ROWS = MAX_IMPORT_ENTRIES + 100;
/** Wider is no table of appointments, but a mail that wants to fill the memory. */
const MAX_COLUMNS = 60;
/** Mails nest tables to lay themselves out; nobody nests them so deep to be read. */
const MAX_DEPTH = 30;
const BREAKS = new Set(['br', 'p', 'div', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4']);

interface Cell {
	text: string;
	readonly span: number;
	/** Rows it stands in. */
	readonly height: number;
	/** Rows of tables within the cell. */
	readonly inner: (readonly string[])[];
}
interface OpenTable {
	readonly rows: (readonly string[])[];
	row: Cell[] | null;
	cell: Cell | null;
	/** What cells of rows above say of this one too, by column. */
	readonly reaching: Map<number, { readonly text: string; rows: number }>;
}

/** Rows of all tables of the text, in their order. Error: `no-table`, or too many rows. */
export function readHtmlTable(html: string): TableReading {
	const found: (readonly string[])[] = [];
	const open: OpenTable[] = [];
	let tooDeep = 0;
	for (const token of htmlTokens(html)) {
		const table = open.at(-1);
		if (token.type === 'text') addText(table, token.text);
		else if (token.name === 'table') {
			if (token.type === 'open' && open.length < MAX_DEPTH)
				open.push({ rows: [], row: null, cell: null, reaching: new Map() });
			else if (token.type === 'open') tooDeep++;
			else if (tooDeep > 0) tooDeep--;
			else closeTable(open, found);
		} else if (table !== undefined) addTag(table, token);
	}
	while (open.length > 0) closeTable(open, found);
	if (found.length > MAX_ROWS) return err('too-many-rows');
	const rows = found.map((cells, index) => ({ at: index + 1, cells })).filter(({ cells }) => !isBlankRow(cells));
	return rows.length === 0 ? err('no-table') : ok({ rows, broken: [] });
}

function addText(table: OpenTable | undefined, text: string): void {
	// Line ends of the source are blanks; those that count are <br> and blocks.
	if (table?.cell) table.cell.text += text.replace(/[\s\u00A0]+/g, ' ');
}

function addTag(table: OpenTable, { type, name, attributes }: Exclude<HtmlToken, { type: 'text' }>): void {
	if (name === 'tr') {
		endRow(table);
		if (type === 'open') table.row = [];
	} else if (name === 'td' || name === 'th') {
		endCell(table);
		if (type === 'open')
			table.cell = { text: '', span: spanOf(attributes, COLSPAN), height: spanOf(attributes, ROWSPAN), inner: [] };
	} else if (table.cell !== null && BREAKS.has(name)) table.cell.text += '\n';
}

const COLSPAN = /\bcolspan\s{0,9}=\s{0,9}["']?\s{0,9}(\d{1,4})/i;
const ROWSPAN = /\browspan\s{0,9}=\s{0,9}["']?\s{0,9}(\d{1,4})/i;

const spanOf = (attributes: string, name: RegExp): number => Math.max(Number(name.exec(attributes)?.[1] ?? 1), 1);

function endCell(table: OpenTable): void {
	if (table.cell !== null) (table.row ??= []).push(table.cell);
	table.cell = null;
}

/** The row, and the rows of what is nested in it: as rows where the nested table is the wider one, and else as text in the cell. */
function endRow(table: OpenTable): void {
	endCell(table);
	const { row } = table;
	table.row = null;
	if (row === null) return;
	const isLayout = row.some(({ inner }) => widthOf(inner) > row.length);
	const own = row.map((cell) =>
		isLayout ? cell.text : [cell.text, ...cell.inner.map((cells) => cells.join(' '))].join('\n')
	);
	const cells = inColumns(table, row, own);
	const nested = isLayout ? row.flatMap(({ inner }) => inner) : [];
	if (!isLayout || !isBlankRow(cells)) table.rows.push(cells);
	for (const inner of nested) table.rows.push(inner);
}

/** Beside what reaches down from above, and never wider than a table may be. */
function inColumns({ reaching }: OpenTable, row: readonly Cell[], texts: readonly string[]): readonly string[] {
	const cells: string[] = [];
	const takeReaching = (): void => {
		for (let above = reaching.get(cells.length); above !== undefined; above = reaching.get(cells.length)) {
			above.rows--;
			if (above.rows <= 0) reaching.delete(cells.length);
			cells.push(above.text);
		}
	};
	for (const [index, { span, height }] of row.entries()) {
		takeReaching();
		const text = tidy(texts[index] ?? '');
		for (let column = 0; column < span && cells.length < MAX_COLUMNS; column++) {
			const own = column === 0 ? text : '';
			if (height > 1) reaching.set(cells.length, { text: own, rows: height - 1 });
			cells.push(own);
		}
		if (cells.length >= MAX_COLUMNS) return cells;
	}
	takeReaching();
	return cells;
}

const widthOf = (rows: readonly (readonly string[])[]): number =>
	rows.reduce((width, cells) => Math.max(width, cells.filter((cell) => cell !== '').length), 0);

function closeTable(open: OpenTable[], found: (readonly string[])[]): void {
	const table = open.pop();
	if (table === undefined) return;
	endRow(table);
	const target = open.at(-1)?.cell?.inner ?? found;
	for (const cells of table.rows) target.push(cells);
}

const tidy = (text: string): string =>
	!/\s/.test(text)
		? text
		: text
				.split('\n')
				.map((line) => line.replace(/[ \t]+/g, ' ').trim())
				.join('\n')
				.replace(/\n{2,}/g, '\n')
				.trim();
