/** Rows of a table become appointments; where nobody can tell what they mean, a question. */
import type {
	ImportedAppointment,
	ImportFormat,
	ImportOptions,
	ImportProblem,
	ImportReading
} from '$lib/domain/appointment-import';
import type { LocalDate } from '$lib/domain/time';
import { slashOrder, type DateContext } from './calendar-cells';
import { problemOf } from './facts';
import { numbered } from './fingerprint';
import { dayOfRow, dayOfTable, placeOfFile } from './table-day';
import { readRow, type RowContext } from './table-entry';
import { planTable, type TablePlan } from './table-header';
import { isBlankRow, type Table, type TableRow } from './table-row';

export interface TableOrigin {
	readonly format: ImportFormat;
	readonly fileName: string;
	/** Of a workbook, the one read first. */
	readonly sheets: readonly string[];
}
export type ReportProgress = (done: number, total: number) => void;

/** For a preview. */
const SAMPLE_ROWS = 5;
/** Between two reports of progress. */
const STEP_ROWS = 1_000;

export function readTable(
	{ rows, broken }: Table,
	origin: TableOrigin,
	options: ImportOptions,
	onProgress?: ReportProgress
): ImportReading {
	const plan = planTable(rows, options);
	const { mapping, header, entries } = plan;
	const sample = entries.slice(0, SAMPLE_ROWS).map(({ cells }) => cells);
	if (!plan.certain) {
		if (header.length < 2 && mapping.date === null && mapping.time == null)
			return { type: 'unreadable', reason: 'no-table' };
		const { format, sheets } = origin;
		return { type: 'needs-mapping', format, header, sample, rowCount: entries.length, suggestion: mapping, sheets };
	}
	const day = dayOfTable(origin.fileName, plan.titles, options);
	const dates = { today: options.today, slashes: slashesOf(plan) };
	if (mapping.date === null && day === null && !entries.some(({ cells }) => dayOfRow(cells, dates) !== null)) {
		return { type: 'needs-date', format: origin.format, sample };
	}
	const place = plan.source === 'zms-day' ? placeOfFile(origin.fileName) : '';
	const context = { source: plan.source, mapping, allDay: plan.allDay, cancelled: plan.cancelled, dates, day, place };
	const found = readRows(plan, context, { ...options, isRagged: origin.format === 'table' }, onProgress);
	const problems = [...broken, ...found.problems].toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
	return {
		type: 'read',
		format: origin.format,
		source: plan.source,
		entries: numbered(found.entries),
		problems,
		notes: found.notes
	};
}

const slashesOf = ({ entries, mapping, source }: TablePlan): DateContext['slashes'] =>
	slashOrder(
		entries.flatMap(({ cells }) =>
			[mapping.date, mapping.endDate].map((column) => (column == null ? '' : (cells[column] ?? '')))
		),
		source === 'outlook-en' ? 'month-first' : 'day-first'
	);

interface Window {
	readonly from: LocalDate;
	readonly to: LocalDate;
	/** Rows bring all their cells, so a cell too few is one that got lost. */
	readonly isRagged: boolean;
}

function readRows(plan: TablePlan, context: RowContext, window: Window, onProgress?: ReportProgress) {
	const entries: ImportedAppointment[] = [];
	const problems: ImportProblem[] = [];
	const notes: ImportProblem[] = [];
	const header = plan.hasHeader ? plan.header.join('\n') : null;
	let { day } = context;
	for (const [index, row] of plan.entries.entries()) {
		if (index % STEP_ROWS === 0) onProgress?.(index, plan.entries.length);
		const named = context.mapping.date === null ? dayOfRow(row.cells, context.dates) : null;
		day = named ?? day;
		// Printed lists repeat their header on each page.
		if (named !== null || row.cells.join('\n') === header || isRule(row)) continue;
		const reading = readRow(row, { ...context, day });
		if (!reading.ok) {
			problems.push(reading.error);
			continue;
		}
		const { entry } = reading.value;
		const isWanted = entry.facts.date >= window.from && entry.facts.date <= window.to;
		if (isWanted) entries.push(entry);
		notes.push(...(isWanted ? reading.value.notes : [problemOf('not-in-window', row.at, row.cells.join(' '))]));
		if (isWanted && plan.hasHeader) notes.push(...raggedNotes(row, plan, window.isRagged));
	}
	onProgress?.(plan.entries.length, plan.entries.length);
	return { entries, problems, notes };
}

/** `|---|---|`: drawn under a header, or between two days. */
const isRule = ({ cells }: TableRow): boolean => cells.every((cell) => /^[\s=_:+*–—-]{0,200}$/.test(cell));

/** A delimiter within a text that nobody quoted shifts what follows: worth a look, though the row was read. */
function raggedNotes(row: TableRow, { header, mapping }: TablePlan, isRagged: boolean): readonly ImportProblem[] {
	const isShort = isRagged && row.cells.length < header.length;
	const isLong = row.cells.length > header.length && !isBlankRow(row.cells.slice(header.length));
	if (!isShort && !isLong) return [];
	const excerpt = row.cells.join(' ');
	if (isLong) return [problemOf('columns-extra', row.at, excerpt)];
	const isMissing = Object.values(mapping)
		.flat()
		.some((column) => typeof column === 'number' && column >= row.cells.length);
	return isMissing ? [problemOf('columns-missing', row.at, excerpt)] : [];
}
