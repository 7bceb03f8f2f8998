/** Where Chromium is on this machine, and the flags it needs here; for Vitest, Playwright and the scripts. */
import { existsSync } from 'node:fs';

const FLAGS = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** Path of the browser, or undefined for the one that Playwright installed itself. @returns {string | undefined} */
export function chromiumPath() {
	const named = process.env['CHROMIUM_PATH'];
	if (named) return named;
	return ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
}

/** Launch options of Playwright. Root needs `--no-sandbox`. @returns {{ executablePath?: string, args: string[] }} */
export function chromiumLaunch() {
	const executablePath = chromiumPath();
	const args = process.getuid?.() === 0 ? ['--no-sandbox', ...FLAGS] : [...FLAGS];
	return executablePath ? { executablePath, args } : { args };
}
