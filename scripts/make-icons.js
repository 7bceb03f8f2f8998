/** Draws the PNG icons from static/icon.svg with Chromium: `node scripts/make-icons.js` after the drawing was changed. */
import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from './chromium.js';

const drawing = await readFile('static/icon.svg', 'utf8');
const full = drawing.replace('rx="96"', '');

const ICONS = [
	{ path: 'static/icon-192.png', size: 192, svg: drawing, inset: 0 },
	{ path: 'static/icon-512.png', size: 512, svg: drawing, inset: 0 },
	// A launcher may cut all but the inner 80 % away.
	{ path: 'static/icon-maskable-512.png', size: 512, svg: full, inset: 0.1 }
];

const browser = await chromium.launch(chromiumLaunch());
for (const { path, size, svg, inset } of ICONS) {
	const page = await browser.newPage({ viewport: { width: size, height: size } });
	const background = inset > 0 ? '#1a3da5' : 'transparent';
	await page.setContent(
		`<body style="margin:0;background:${background}"><div style="padding:${size * inset}px;width:${size * (1 - 2 * inset)}px">${svg}</div></body>`
	);
	await page.screenshot({ path, omitBackground: true });
	await page.close();
}
await browser.close();
