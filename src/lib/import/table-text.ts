/** CSV, TSV and pasted text become rows; one broken row costs none of the others. */
import Papa from 'papaparse';
import { MAX_IMPORT_ENTRIES, type ImportProblem } from '$lib/domain/appointment-import';
import { err, ok } from '$lib/domain/result';
import { problemOf } from './facts';
import { isBlankRow, type TableReading, type TableRow } from './table-row';
import { delimited } from './text-delimiter';
import { recordsOf } from './text-records';

/** Title rows and the header come on top of the entries. */
const MAX_ROWS = MAX_IMPORT_ENTRIES + 100;
/** A lone column has none; no text holds this character by chance. */
const NO_DELIMITER = '\u001F';

/** The delimiter is found by itself. Error: empty, or too many rows. */
export function readTextTable(text: string): TableReading {
	const { delimiter, body } = delimited(text.replace(/^\uFEFF/, ''));
	const records = recordsOf(body, delimiter ?? NO_DELIMITER, MAX_ROWS + 1);
	if (records.length > MAX_ROWS) return err('too-many-rows');
	const rows: TableRow[] = [];
	const broken: ImportProblem[] = [];
	for (const [index, record] of records.entries()) {
		const at = index + 1;
		const cells = record.whole ? cellsOf(record.text, delimiter ?? NO_DELIMITER) : null;
		if (cells === null) broken.push(problemOf('broken-row', at, record.text));
		else if (!isBlankRow(cells)) rows.push({ at, cells });
	}
	return rows.length === 0 && broken.length === 0 ? err('empty') : ok({ rows, broken });
}

/** No row of appointments is longer, or has as many quotes: papaparse looks for the end of the row again behind each of them. */
const MAX_RECORD_LENGTH = 128 * 1024;
const MAX_QUOTES = 4_000;

/** Null: the quotes of the row cannot be told apart, or it is no row at all. */
function cellsOf(record: string, delimiter: string): readonly string[] | null {
	if (record.length > MAX_RECORD_LENGTH || hasMoreThan(record, '"', MAX_QUOTES)) return null;
	if (!record.includes('"')) return record.split(delimiter);
	const { data } = Papa.parse<string[]>(record, { delimiter, newline: '\n' });
	return data.length === 1 ? (data[0] ?? null) : null;
}

function hasMoreThan(text: string, sign: string, count: number): boolean {
	let at = -1;
	for (let found = 0; found <= count; found++) {
		at = text.indexOf(sign, at + 1);
		if (at < 0) return false;
	}
	return true;
}
