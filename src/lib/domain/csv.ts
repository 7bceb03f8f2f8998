/** CSV as a German Excel opens it without asking, and without letting a cell act: RFC 4180 with semicolons. */

const BYTE_ORDER_MARK = '\uFEFF';
/** A cell that begins so would be taken for a formula (CSV injection); in full width too, by East Asian settings. */
const FORMULA_START = /^[=+\-@＝＋－＠\t\r\n]/;
const NEEDS_QUOTES = /[;"\r\n]/;

/** One text: BOM, `;` between cells, CRLF after every row; cells that begin like a formula get a leading apostrophe. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
	BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellOf).join(';')}\r\n`).join('');

function cellOf(value: string): string {
	const harmless = FORMULA_START.test(value) ? `'${value}` : value;
	return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
