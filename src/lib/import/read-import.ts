/** A file or a clipboard becomes appointments: what it is, its content says first and its name last. */
import {
	MAX_IMPORT_BYTES,
	type ImportOptions,
	type ImportReading,
	type UnreadableReason
} from '$lib/domain/appointment-import';
import { isText, signatureOf } from './file-signature';
import { readHtmlTable } from './html-table';
import { readIcs } from './ics';
import { readTable, type ReportProgress } from './table';
import { readTextTable } from './table-text';
import type { TableReading } from './table-row';
import { decodeText } from './text-decoding';
import { readWorkbook } from './xlsx';
import { readZmsJson } from './zms-json';

/** Never throws: whatever a file does to its reader, it is damaged. */
export async function readImport(
	bytes: Uint8Array,
	fileName: string,
	options: ImportOptions,
	onProgress?: ReportProgress
): Promise<ImportReading> {
	try {
		if (bytes.length > MAX_IMPORT_BYTES) return unreadable('too-large');
		const signature = signatureOf(bytes);
		if (signature === 'zip') return readSheets(bytes, fileName, options, onProgress);
		return signature === null ? readText(decodeText(bytes), fileName, options, onProgress) : unreadable(signature);
	} catch {
		return unreadable('damaged');
	}
}

/** The formatted side of the clipboard holds cells as they are shown; where it tells less than the plain one, that counts. */
export async function readPasted(
	{ text, html }: { readonly text: string; readonly html: string },
	options: ImportOptions
): Promise<ImportReading> {
	try {
		if (text.length + html.length > MAX_IMPORT_BYTES) return unreadable('too-large');
		const plain = (): ImportReading => readText(text, '', options);
		if (!/<table\b/i.test(html)) return plain();
		const formatted = readRows(readHtmlTable(html), '', options);
		if (formatted.type === 'read') return formatted;
		const other = plain();
		return other.type === 'read' || formatted.type === 'unreadable' ? other : formatted;
	} catch {
		return unreadable('damaged');
	}
}

const unreadable = (reason: UnreadableReason): ImportReading => ({ type: 'unreadable', reason });

function readText(text: string, fileName: string, options: ImportOptions, onProgress?: ReportProgress): ImportReading {
	const start = text.trimStart();
	if (start === '') return unreadable('empty');
	if (!isText(start)) return unreadable('not-known');
	if (/^BEGIN:(VCALENDAR|VEVENT)/i.test(start)) return readIcs(text, options);
	if (/\.(ics|ical|ifb|icalendar)$/i.test(fileName)) {
		const reading = readIcs(text, options);
		if (reading.type !== 'unreadable' || reading.reason !== 'not-known') return reading;
	}
	if (/^[{[]/.test(start)) {
		const reading = readZmsJson(text, options);
		// A table may begin with a bracket as well.
		if (reading.type !== 'unreadable' || /^[{[]\s*["{[\]}]/.test(start) || /\.json$/i.test(fileName)) return reading;
	}
	if (/^</.test(start)) {
		return /<table\b/i.test(start)
			? readRows(readHtmlTable(start), fileName, options, onProgress)
			: unreadable('not-known');
	}
	return readRows(readTextTable(text), fileName, options, onProgress);
}

function readRows(
	table: TableReading,
	fileName: string,
	options: ImportOptions,
	onProgress?: ReportProgress
): ImportReading {
	if (!table.ok) return unreadable(table.error);
	return readTable(table.value, { format: 'table', fileName, sheets: [] }, options, onProgress);
}

function readSheets(
	bytes: Uint8Array,
	fileName: string,
	options: ImportOptions,
	onProgress?: ReportProgress
): ImportReading {
	const workbook = readWorkbook(bytes, options.sheet);
	if (!workbook.ok) return unreadable(workbook.error);
	const { rows, sheets } = workbook.value;
	return readTable({ rows, broken: [] }, { format: 'xlsx', fileName, sheets }, options, onProgress);
}
