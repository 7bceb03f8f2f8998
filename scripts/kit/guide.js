/** „Notschalter vom Stick starten“: one page, as HTML and as a PDF that Chromium prints of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../chromium.js';

const TEMPLATE = new URL('templates/Anleitung.html', import.meta.url);

/** @param {string} kit @param {Record<string, string>} values Words for `@NAME@` in the template. */
export async function addGuide(kit, values) {
	const html = readFileSync(TEMPLATE, 'utf8').replaceAll(/@([A-Z_]+)@/g, (_, name) => {
		const value = values[name];
		if (value === undefined) throw new Error(`the guide asks for ${name}`);
		return value;
	});
	const page = path.join(kit, 'Anleitung.html');
	writeFileSync(page, html);
	const browser = await chromium.launch(chromiumLaunch());
	try {
		const tab = await browser.newPage();
		await tab.goto(pathToFileURL(page).href);
		await tab.pdf({
			path: path.join(kit, 'Anleitung.pdf'),
			format: 'A4',
			printBackground: true,
			preferCSSPageSize: true
		});
	} finally {
		await browser.close();
	}
}
