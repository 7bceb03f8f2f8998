/** What stands between the cells of a text table: found by how evenly it parts the first rows. */
import { recordsOf } from './text-records';

/** In this order where two part alike: a semicolon is what a German Excel writes. */
const CANDIDATES = [';', '\t', ',', '|'] as const;
const SAMPLE_RECORDS = 40;
const SAMPLE_LENGTH = 256 * 1024;
/** Excel's own hint, which it does not show as a row. */
const HINT = /^\uFEFF?sep=([^\r\n])(?:\r\n|\n|\r|$)/i;

/** Columns set by blanks, as a mail or a printed list has them. */
const GAP = /(?<=\S) {2,200}(?=\S)/g;
/** Most rows have the same number of cells. */
const ALIGNED_AT_LEAST = 0.6;

export interface DelimitedText {
	/** Null: no candidate parts it, there is one column. */
	readonly delimiter: string | null;
	/** Without the hint. */
	readonly body: string;
}

export function delimited(text: string): DelimitedText {
	const hint = HINT.exec(text);
	if (hint !== null) return { delimiter: hint[1] ?? null, body: text.slice(hint[0].length) };
	const sample = text.slice(0, SAMPLE_LENGTH);
	const [best] = CANDIDATES.map((delimiter) => ({ delimiter, score: evenness(sample, delimiter) })).toSorted(
		(a, b) => b.score - a.score
	);
	if (best !== undefined && best.score >= ALIGNED_AT_LEAST) return { delimiter: best.delimiter, body: text };
	const aligned = text.replace(GAP, '\t');
	const isAligned = evenness(aligned.slice(0, SAMPLE_LENGTH), '\t') >= Math.max(best?.score ?? 0, ALIGNED_AT_LEAST);
	if (isAligned) return { delimiter: '\t', body: aligned };
	return { delimiter: best !== undefined && best.score > 0 ? best.delimiter : null, body: text };
}

/** Share of the sampled rows that have the most frequent number of cells, a trifle more for more columns; 0: none is parted. */
function evenness(sample: string, delimiter: string): number {
	const widths = recordsOf(sample, delimiter, SAMPLE_RECORDS)
		.filter(({ text, whole }) => whole && text.trim() !== '')
		.map(({ text }) => cellCount(text, delimiter));
	const parted = widths.filter((width) => width > 1);
	if (parted.length === 0) return 0;
	const usual = mostFrequent(parted);
	const share = parted.filter((width) => width === usual).length / widths.length;
	return share + Math.min(usual, 20) / 1_000;
}

/** Delimiters within quotes do not count. */
const cellCount = (record: string, delimiter: string): number =>
	record.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length;

function mostFrequent(widths: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
	const [first] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0]);
	return first?.[0] ?? 1;
}
