/** Reads an import file, whatever its format. */
import type { ImportOptions, ImportReading } from '$lib/domain/appointment-import';

export const readImport = async (
	bytes: Uint8Array,
	fileName: string,
	options: ImportOptions,
	onProgress?: (done: number, total: number) => void
): Promise<ImportReading> => {
	void [bytes, fileName, options, onProgress];
	return { type: 'unreadable', reason: 'not-known' };
};
export const readPasted = async (
	pasted: { readonly text: string; readonly html: string },
	options: ImportOptions
): Promise<ImportReading> => {
	void [pasted, options];
	return { type: 'unreadable', reason: 'not-known' };
};
