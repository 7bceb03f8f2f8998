/** Hands a file to the browser as a download. */

/** The browser reads the address after this function has returned. */
const KEPT_MS = 10_000;

/** A table. */
export const saveFile = (csv: string, name: string): void =>
	saveBlob(new Blob([csv], { type: 'text/csv;charset=utf-8' }), name);

export function saveBlob(content: Blob, name: string): void {
	const address = URL.createObjectURL(content);
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
