/** Tables out of mails. */
import { describe, expect, it } from 'vitest';
import { err } from '$lib/domain/result';
import { readHtmlTable } from '$lib/import/html-table';

const cellsOf = (html: string): readonly (readonly string[])[] => {
	const reading = readHtmlTable(html);
	if (!reading.ok) throw new Error(reading.error);
	return reading.value.rows.map(({ cells }) => cells);
};

describe('a table out of a mail', () => {
	it('gives its cells as text', () => {
		expect(
			cellsOf(
				'<html><head><style>td{color:red}</style></head><body><!--StartFragment--><p>Guten Tag</p><table border="1>0"><tbody>' +
					'<tr><th>Datum</th><th>Name</th></tr>\r\n<tr><td>3.11.2025</td><td><b>Erika</b>\r\n  Mustermann</td></tr>' +
					'</tbody></table><!--EndFragment--></body></html>'
			)
		).toEqual([
			['Datum', 'Name'],
			['3.11.2025', 'Erika Mustermann']
		]);
	});

	it('decodes entities once, and makes no tag of them', () => {
		expect(
			cellsOf(
				'<table><tr><td>M&uuml;ller&nbsp;&amp;&#32;S&#246;hne</td><td>&lt;b&gt;&amp;lt;</td><td>&#x1F600;&#0;&unknown;</td></tr></table>'
			)
		).toEqual([['Müller & Söhne', '<b>&lt;', '😀\uFFFD&unknown;']]);
	});

	it('keeps line ends of br and blocks', () => {
		expect(cellsOf('<table><tr><td>eins<br/>zwei<p>drei</p></td></tr></table>')).toEqual([['eins\nzwei\ndrei']]);
	});

	it('holds columns apart where cells span several', () => {
		expect(cellsOf('<table><tr><td colspan=2>Termine</td><td>x</td></tr><tr><td>a<td>b<td>c</table>')).toEqual([
			['Termine', '', 'x'],
			['a', 'b', 'c']
		]);
	});

	it('drops scripts, styles and comments with all their text', () => {
		expect(
			cellsOf(
				'<table><tr><td>a<script>"</td><td>x"</script><!-- <td>b</td> --><style>c</style></td><td>d</td></tr></table>'
			)
		).toEqual([['a', 'd']]);
	});

	it('counts rows as they stand, empty ones too', () => {
		const reading = readHtmlTable('<table><tr><td></td></tr><tr><td>a</td></tr></table>');
		expect(reading.ok && reading.value.rows).toEqual([{ at: 2, cells: ['a'] }]);
	});
});

describe('nested tables', () => {
	it('are the rows where the outer one only lays the mail out', () => {
		expect(
			cellsOf(
				'<table><tr><td>Guten Tag</td></tr><tr><td><table><tr><td>Datum</td><td>Name</td></tr><tr><td>3.11.2025</td><td>Muster</td></tr></table></td></tr></table>'
			)
		).toEqual([['Guten Tag'], ['Datum', 'Name'], ['3.11.2025', 'Muster']]);
	});

	it('are text of their cell where the outer one is the wider', () => {
		expect(
			cellsOf(
				'<table><tr><td>3.11.2025</td><td>9:30</td><td><table><tr><td>Erika</td><td>Muster</td></tr></table></td></tr></table>'
			)
		).toEqual([['3.11.2025', '9:30', 'Erika Muster']]);
	});
});

describe('what is no table', () => {
	it.each(['', '<p>Guten Tag</p>', '<table></table>', '<table><tr><td>', '<', '<table', '&#9999999;'])(
		'is told: %j',
		(html) => expect(readHtmlTable(html)).toEqual(err('no-table'))
	);

	it('may be hostile: tables nested without end, cells that span everything', () => {
		expect(readHtmlTable(`${'<table><tr><td>'.repeat(20_000)}x`).ok).toBe(true);
		expect(cellsOf('<table><tr><td colspan=99999>a</td></tr></table>')[0]).toHaveLength(60);
		expect(readHtmlTable(`<table>${'<tr><td>'.repeat(10)}${'<'.repeat(50_000)}`).ok).toBe(true);
		expect(readHtmlTable(`<table><tr><td a="${'x" a="'.repeat(50_000)}`)).toEqual(err('no-table'));
	});
});
