/** The floor of every save: one strict put of sealed bytes, nothing else. */

/** As many bytes as a sealed request has. */
const BYTES = 1_200;

export async function openRawStore() {
	const database = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open(`bench-raw-${crypto.randomUUID()}`);
		opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: 'n' });
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error);
	});
	const sealed = crypto.getRandomValues(new Uint8Array(BYTES));
	let n = 0;
	return {
		put: () =>
			new Promise<void>((resolve, reject) => {
				const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
				transaction.objectStore('rows').put({ n: ++n, sealed });
				transaction.oncomplete = () => resolve();
				transaction.onabort = () => reject(transaction.error);
			}),
		close: () => database.close()
	};
}
