/** Hands a file to the browser's downloads. */

/** The address of the file is needed until the browser has begun to read it. */
const KEPT_MS = 10_000;

/** Rejects when the file could not be made. */
export async function saveCopy(make: () => Promise<{ readonly name: string; readonly content: Blob }>): Promise<void> {
	const { name, content } = await make();
	const address = URL.createObjectURL(content);
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
