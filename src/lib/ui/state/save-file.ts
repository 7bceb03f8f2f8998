/** Hands a table to the browser as a download. */

/** The browser reads the address after this function has returned. */
const KEPT_MS = 10_000;

export function saveFile(csv: string, name: string): void {
	const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
