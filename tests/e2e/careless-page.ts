/** A page that does everything that ours must not: the control that shows that the search of a profile can fail. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';

const FORM = `<!doctype html><meta charset="utf-8"><title>Kontrolle</title>
<form action="/danke" method="post"><input name="name" id="name"><input name="email" id="email">
<button>Senden</button></form>`;

/** A place where a page can leave something behind, and the word that is left there. */
export const LEFT_BEHIND = {
	localStorage: 'Abendsegler',
	'small value in IndexedDB': 'Bartfledermaus',
	'greater value in IndexedDB': 'Zwergfledermaus',
	'file in OPFS': 'Teichfledermaus',
	'Cache Storage': 'Mückenfledermaus',
	'title of the page': 'Wasserfledermaus',
	'address of the page': 'Fransenfledermaus',
	'state of the history': 'Langohrfledermaus',
	'sent form': 'Mopsfledermaus'
} as const;

export async function openCarelessSite(): Promise<{ readonly origin: string; close(): Promise<void> }> {
	const site = createServer((request, response) => {
		request.resume();
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
		response.end(request.url === '/danke' ? '<!doctype html><title>Danke</title>' : FORM);
	});
	site.listen(0, '127.0.0.1');
	await once(site, 'listening');
	return {
		origin: `http://localhost:${(site.address() as AddressInfo).port}`,
		close: async () => {
			site.closeAllConnections();
			site.close();
			await once(site, 'close');
		}
	};
}

/** Leaves each word at its place. */
export async function leaveBehind(page: Page): Promise<void> {
	await page.evaluate(async (words) => {
		localStorage.setItem('x', words.localStorage);
		const opening = indexedDB.open('kontrolle', 1);
		const database = await new Promise<IDBDatabase>((resolve, reject) => {
			opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
			opening.onsuccess = () => resolve(opening.result);
			opening.onerror = () => reject(opening.error);
		});
		const writing = database.transaction('rows', 'readwrite', { durability: 'strict' });
		writing.objectStore('rows').put({ name: words['small value in IndexedDB'] }, 1);
		// Enough of it to be packed, and the word's beginning right before it: so the word does not stand there as it is.
		const word = words['greater value in IndexedDB'];
		writing.objectStore('rows').put(`${word.slice(0, -3)} ${word} ${'lauter gleiche Worte '.repeat(5000)}`, 2);
		await new Promise((resolve) => (writing.oncomplete = resolve));
		const root = await navigator.storage.getDirectory();
		const file = await (await root.getFileHandle('kontrolle', { create: true })).createWritable();
		await file.write(words['file in OPFS']);
		await file.close();
		const cache = await caches.open('kontrolle');
		await cache.put('/x', new Response(words['Cache Storage']));
		document.title = words['title of the page'];
		history.pushState({ name: words['state of the history'] }, '', `/?q=${words['address of the page']}`);
	}, LEFT_BEHIND);
	await page.locator('#name').fill(LEFT_BEHIND['sent form']);
	await page.locator('#email').fill('kontrolle@example.com');
	await page.getByRole('button', { name: 'Senden' }).click();
	await page.waitForURL('**/danke');
}
