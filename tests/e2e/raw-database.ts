/** The database of a page past the app: as another window, an older version or a fault would reach it. */
import type { Page } from '@playwright/test';

/** On the disk; Dexie's versions times ten. */
export const databaseVersion = (page: Page) =>
	page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === 'notschalter')?.version);

/** Opens it and lets go of it no more, as a window that the browser has frozen. */
export const holdDatabase = (page: Page) =>
	page.evaluate(
		() =>
			new Promise<void>((resolve) => {
				const opening = indexedDB.open('notschalter');
				opening.onsuccess = () => {
					(window as unknown as { held: IDBDatabase }).held = opening.result;
					resolve();
				};
			})
	);

/** Rows that the app does not look at, written in one go. */
export const addRows = (page: Page, rows: number) =>
	page.evaluate(
		(count) =>
			new Promise<void>((resolve, reject) => {
				const opening = indexedDB.open('notschalter');
				opening.onsuccess = () => {
					const writing = opening.result.transaction('settings', 'readwrite');
					for (let row = 0; row < count; row++)
						writing.objectStore('settings').put({ key: `row-${row}`, filling: 'x'.repeat(200) });
					writing.oncomplete = () => {
						opening.result.close();
						resolve();
					};
					writing.onerror = () => reject(writing.error);
				};
			}),
		rows
	);

/** Rows of a table. */
export const countOf = (page: Page, table: string) =>
	page.evaluate(
		(name) =>
			new Promise<number>((resolve) => {
				const opening = indexedDB.open('notschalter');
				opening.onsuccess = () => {
					const counting = opening.result.transaction(name).objectStore(name).count();
					counting.onsuccess = () => {
						opening.result.close();
						resolve(counting.result);
					};
				};
			}),
		table
	);
