/** A profile copied as a whole: every table of its database, byte by byte, under another name. */
const asked = <T>(request: IDBRequest<T>): Promise<T> =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('the database does not answer'));
	});

const opened = (name: string): Promise<IDBDatabase> => asked(indexedDB.open(name));

/** All rows of all tables; to be laid back, or onto another name. */
export async function readDatabase(name: string): Promise<ReadonlyMap<string, readonly unknown[]>> {
	const database = await opened(name);
	const rows = new Map<string, readonly unknown[]>();
	for (const table of database.objectStoreNames)
		rows.set(table, await asked(database.transaction(table).objectStore(table).getAll()));
	database.close();
	return rows;
}

/** Lays the rows into a database that has the tables already, in the place of what is there. */
export async function writeDatabase(name: string, rows: ReadonlyMap<string, readonly unknown[]>): Promise<void> {
	const database = await opened(name);
	const transaction = database.transaction([...rows.keys()], 'readwrite');
	const done = new Promise<void>((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new Error('not laid'));
	});
	for (const [table, all] of rows) {
		transaction.objectStore(table).clear();
		for (const row of all) transaction.objectStore(table).put(row);
	}
	await done;
	database.close();
}
