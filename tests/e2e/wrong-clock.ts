/** Clocks that are wrong: of a counter PC, and of the server. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BrowserContext } from '@playwright/test';

export const MINUTE_MS = 60_000;
export const DECADE_MS = 3_652 * 24 * 60 * MINUTE_MS;

/** Runs in the browser. */
function shiftDate(offsetMs: number): void {
	const TrueDate = Date;
	globalThis.Date = new Proxy(TrueDate, {
		construct: (target, args, newTarget) =>
			Reflect.construct(target, args.length > 0 ? args : [TrueDate.now() + offsetMs], newTarget) as object,
		get: (target, name, receiver) =>
			name === 'now' ? () => TrueDate.now() + offsetMs : (Reflect.get(target, name, receiver) as unknown)
	});
}

/** Before its first page of the app: pages and workers of this browser have another clock. No service worker: it would hand out workers as they were built. */
export async function setDeviceClock(context: BrowserContext, offsetMs: number): Promise<void> {
	const shift = `(${shiftDate.toString()})(${offsetMs});\n`;
	await context.addInitScript(
		`${shift}navigator.serviceWorker.register = () => Promise.reject(new TypeError('not here'));`
	);
	await context.route('**/_app/immutable/workers/*.js', async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: shift + (await response.text()) });
	});
}

/** For `server.start()`. */
export const serverClock = (offsetMs: number): Record<string, string> => ({
	NODE_OPTIONS: `--import=${pathToFileURL(fileURLToPath(new URL('shifted-clock.js', import.meta.url))).href}`,
	CLOCK_OFFSET_MS: String(offsetMs)
});
