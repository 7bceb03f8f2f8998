/** CSV: cells that Excel opens as text, and none that it calculates. */
import { describe, expect, it } from 'vitest';
import { csvOf } from '$lib/domain/csv';

describe('csvOf', () => {
	it('begins with a BOM, parts cells by semicolons and ends every row by CRLF', () => {
		expect(
			csvOf([
				['Nummer', 'Name'],
				['SO-7KXM-0142-51', 'Müller']
			])
		).toBe('\uFEFFNummer;Name\r\nSO-7KXM-0142-51;Müller\r\n');
		expect(csvOf([])).toBe('\uFEFF');
	});

	it.each([
		['a;b', '"a;b"'],
		['sagt "ja"', '"sagt ""ja"""'],
		['zwei\nZeilen', '"zwei\nZeilen"'],
		['', ''],
		['a,b', 'a,b']
	])('quotes %j where it must', (cell, expected) => {
		expect(csvOf([[cell]])).toBe(`\uFEFF${expected}\r\n`);
	});

	it.each([
		['=HYPERLINK("http://x";"y")', '"\'=HYPERLINK(""http://x"";""y"")"'],
		['+49 2921 1030', "'+49 2921 1030"],
		['-1', "'-1"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t=1', "'\t=1"],
		['\r=1', '"\'\r=1"'],
		['\n=1', '"\'\n=1"']
	])('takes the formula out of %j', (cell, expected) => {
		expect(csvOf([[cell]])).toBe(`\uFEFF${expected}\r\n`);
	});
});
