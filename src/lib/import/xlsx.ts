/** A workbook of Excel (or of what writes like it): its visible sheets, and one of them as rows. */
import type { UnreadableReason } from '$lib/domain/appointment-import';
import { err, ok, type Result } from '$lib/domain/result';
import type { TableRow } from './table-row';
import { readSheetRows, type CellContext } from './xlsx-sheet';
import { numberKind, unescapeOffice, type NumberKind } from './xlsx-values';
import { readXml } from './xml-events';
import { openZip, type ZipArchive } from './zip-archive';

export interface WorkbookReading {
	/** Names of the visible sheets, the one read first. */
	readonly sheets: readonly string[];
	readonly rows: readonly TableRow[];
}

/** Without `sheet`, or where it is not there or hidden: the first visible sheet that holds something. */
export function readWorkbook(bytes: Uint8Array, sheet?: string): Result<WorkbookReading, UnreadableReason> {
	const zip = openZip(bytes);
	return zip.ok ? readFromZip(zip.value, sheet) : zip;
}

interface Sheet {
	readonly name: string;
	readonly path: string;
}

function readFromZip(zip: ZipArchive, wanted?: string): Result<WorkbookReading, UnreadableReason> {
	const path = workbookPath(zip);
	if (path === null)
		return err(zip.names.has('xl/workbook.bin') || zip.names.has('content.xml') ? 'not-known' : 'damaged');
	const workbook = textOf(zip, path);
	if (!workbook.ok) return workbook;
	const links = linksOf(zip, path);
	const { sheets, is1904 } = workbookInfo(workbook.value, links);
	const shared = linked(zip, path, links, 'sharedStrings');
	if (!shared.ok) return shared;
	const styles = linked(zip, path, links, 'styles');
	if (!styles.ok) return styles;
	const context = { sharedStrings: sharedStringsOf(shared.value), kinds: kindsOf(styles.value), is1904 };
	return firstFilled(zip, inOrder(sheets, wanted), context);
}

const inOrder = (sheets: readonly Sheet[], wanted?: string): readonly Sheet[] =>
	sheets.toSorted((a, b) => Number(b.name === wanted) - Number(a.name === wanted));

function firstFilled(
	zip: ZipArchive,
	sheets: readonly Sheet[],
	context: CellContext
): Result<WorkbookReading, UnreadableReason> {
	for (const { name, path } of sheets) {
		const xml = textOf(zip, path);
		if (!xml.ok) return xml;
		const { rows, tooMany, sound } = readSheetRows(xml.value, context);
		if (tooMany) return err('too-many-rows');
		if (!sound) return err('damaged');
		const others = sheets.map((sheet) => sheet.name).filter((other) => other !== name);
		if (rows.length > 0) return ok({ sheets: [name, ...others], rows });
	}
	return err('empty');
}

const textOf = (zip: ZipArchive, path: string): Result<string, UnreadableReason> => zip.read(path) ?? err('damaged');

function workbookPath(zip: ZipArchive): string | null {
	const types = zip.read('_rels/.rels');
	let found: string | null = null;
	if (types?.ok) {
		readXml(types.value, {
			open: (name, attribute) => {
				if (name === 'Relationship' && attribute('Type')?.endsWith('/officeDocument')) found = attribute('Target');
			}
		});
	}
	const path = resolve('', found ?? 'xl/workbook.xml');
	return zip.names.has(path) && path.endsWith('.xml') ? path : null;
}

interface Link {
	readonly type: string;
	readonly path: string;
}

/** What the workbook's parts are called, by the id under which it speaks of them. */
function linksOf(zip: ZipArchive, path: string): ReadonlyMap<string, Link> {
	const folder = path.slice(0, path.lastIndexOf('/') + 1);
	const text = zip.read(`${folder}_rels/${path.slice(folder.length)}.rels`);
	const links = new Map<string, Link>();
	if (!text?.ok) return links;
	readXml(text.value, {
		open: (name, attribute) => {
			if (name !== 'Relationship') return;
			const type = attribute('Type') ?? '';
			links.set(attribute('Id') ?? '', {
				type: type.slice(type.lastIndexOf('/') + 1),
				path: resolve(folder, attribute('Target') ?? '')
			});
		}
	});
	return links;
}

/** An absolute target begins at the root of the archive. */
function resolve(folder: string, target: string): string {
	const parts: string[] = [];
	for (const part of (target.startsWith('/') ? target : folder + target).split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.' && part !== '') parts.push(part);
	}
	return parts.join('/');
}

/** '' where the workbook has no such part: texts may stand in the cells, and nothing need have a format. */
function linked(
	zip: ZipArchive,
	path: string,
	links: ReadonlyMap<string, Link>,
	type: string
): Result<string, UnreadableReason> {
	const folder = path.slice(0, path.lastIndexOf('/') + 1);
	const link = [...links.values()].find((candidate) => candidate.type === type);
	return zip.read(link?.path ?? `${folder}${type}.xml`) ?? ok('');
}

function workbookInfo(
	xml: string,
	links: ReadonlyMap<string, Link>
): { readonly sheets: readonly Sheet[]; readonly is1904: boolean } {
	const sheets: Sheet[] = [];
	let is1904 = false;
	readXml(xml, {
		open: (name, attribute) => {
			if (name === 'workbookPr') is1904 = ['1', 'true', 'on'].includes(attribute('date1904') ?? '');
			if (name !== 'sheet' || ['hidden', 'veryHidden'].includes(attribute('state') ?? '')) return;
			const link = links.get(attribute('r:id') ?? attribute('id') ?? '');
			// Charts and macros are sheets to Excel too.
			if (link?.type === 'worksheet') sheets.push({ name: attribute('name') ?? '', path: link.path });
		}
	});
	return { sheets, is1904 };
}

function sharedStringsOf(xml: string): readonly string[] {
	const strings: string[] = [];
	let text = '';
	let inside = false;
	let phonetic = false;
	readXml(xml, {
		open: (name) => {
			if (name === 'si') text = '';
			else if (name === 't') inside = true;
			else if (name === 'rPh') phonetic = true;
		},
		text: (part) => {
			if (inside && !phonetic) text += part;
		},
		close: (name) => {
			if (name === 't') inside = false;
			else if (name === 'rPh') phonetic = false;
			else if (name === 'si') strings.push(unescapeOffice(text));
		}
	});
	return strings;
}

/** What the number formats of the cell styles show, by style. */
function kindsOf(xml: string): readonly NumberKind[] {
	const codes = new Map<number, string>();
	const kinds: NumberKind[] = [];
	let inCells = false;
	readXml(xml, {
		open: (name, attribute) => {
			if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
			else if (name === 'cellXfs') inCells = true;
			else if (name === 'xf' && inCells) {
				const id = Number(attribute('numFmtId') ?? 0);
				kinds.push(numberKind(id, codes.get(id) ?? null));
			}
		},
		close: (name) => {
			if (name === 'cellXfs') inCells = false;
		}
	});
	return kinds;
}
