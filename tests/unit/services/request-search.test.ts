import { describe, expect, it } from 'vitest';
import { buildCaseNumber } from '$lib/domain/case-number';
import type { RequestId } from '$lib/domain/ids';
import type { RequestRow } from '$lib/domain/request';
import { createRequestSearch } from '$lib/services/request-search';

const row = (n: number, part: Partial<RequestRow>): RequestRow =>
	({
		id: n.toString(16).padStart(32, '0') as RequestId,
		caseNumber: buildCaseNumber('SO' as never, '7KXM' as never, n),
		name: '',
		plate: '',
		vin: '',
		reference: '',
		receivedAt: n,
		...part
	}) as RequestRow;

const second = row(2, { name: 'Autohaus Groß GmbH', plate: 'LÜD-X 7' });
const rows = [
	row(1, { name: 'Müller, Jürgen', plate: 'SO-AB 123', vin: 'WVWZZZ1JZXW000001' }),
	second,
	row(3, { name: 'Mueller-Lüdenscheidt, Anna' })
];
const search = createRequestSearch();
search.put(rows);
const found = (text: string) => search.find(text).map((id) => Number.parseInt(id, 16));

describe('createRequestSearch', () => {
	it.each(['Müller', 'mueller', 'MÜLLER', 'müll'])('finds both spellings of a name by %j, newest first', (text) =>
		expect(found(text)).toEqual([3, 1])
	);
	it('finds by several words in any order', () => expect(found('jürgen müller')).toEqual([1]));
	it.each(['SO-AB 123', 'soab123', 'so ab 123'])('finds a plate typed as %j', (text) =>
		expect(found(text)).toEqual([1])
	);
	it('finds the end of a FIN', () => expect(found('XW000001')).toEqual([1]));
	it('finds an umlaut plate', () => expect(found('lüd x7')).toEqual([2]));
	it('finds exactly one by its case number, also as a US-layout scanner types it', () => {
		expect(found(second.caseNumber)).toEqual([2]);
		expect(found(second.caseNumber.replaceAll('-', 'ß'))).toEqual([2]);
	});
	it('finds nothing for blanks or what is not there', () => {
		expect(found('  ')).toEqual([]);
		expect(found('Schulze')).toEqual([]);
	});
	it('shows a changed row under its new name only', () => {
		const other = createRequestSearch();
		other.put([row(1, { name: 'Alt' })]);
		other.put([row(1, { name: 'Neu' })]);
		expect(other.find('alt')).toEqual([]);
		expect(other.find('neu')).toHaveLength(1);
	});
});
