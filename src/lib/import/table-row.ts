/** Rows of a table as every reader of tables gives them, before anybody knows what the columns are. */
import type { ImportProblem, UnreadableReason } from '$lib/domain/appointment-import';
import type { Result } from '$lib/domain/result';

export interface TableRow {
	/** As a person counts it who opens the file: from 1, empty rows and the header counted. */
	readonly at: number;
	readonly cells: readonly string[];
}

export interface Table {
	/** Without the empty ones. */
	readonly rows: readonly TableRow[];
	/** Rows that could not be taken apart. */
	readonly broken: readonly ImportProblem[];
}

export type TableReading = Result<Table, UnreadableReason>;

export const isBlankRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
