/** What was dropped or pasted: files, a table, or something that no appointments can be read from. */
import type { ImportSource } from '$lib/services/appointment-desk';
import type { ImportNotice } from './import-step';

export type Taken = { readonly sources: readonly ImportSource[] } | { readonly notice: ImportNotice };

type Transfer = Pick<DataTransfer, 'files' | 'items' | 'getData'>;

/** Excel lays an image of the cells beside their text: text counts first, then files. */
export function transferOf(transfer: Transfer, otherwise: 'nothing' | 'nothing-pasted'): Taken {
	const [text, html] = [transfer.getData('text/plain'), transfer.getData('text/html')];
	const files = [...transfer.files];
	if (files.every(isImage) && (text.trim() !== '' || /<table\b/i.test(html))) return { sources: [{ text, html }] };
	if (hasFolder(transfer)) return { notice: 'folder' };
	if (files.length === 0) return { notice: otherwise };
	const readable = files.filter((file) => !isImage(file));
	return readable.length === 0 ? { notice: 'image' } : { sources: readable.map((file) => ({ file })) };
}

const isImage = ({ type }: File): boolean => type.startsWith('image/');

/** A folder among files looks like a file of no type; only its entry tells. */
const hasFolder = ({ items }: Transfer): boolean =>
	[...items].some((item) => item.kind === 'file' && item.webkitGetAsEntry?.()?.isDirectory === true);
