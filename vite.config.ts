/** Vite and Vitest: `unit` runs in Node, `browser` in a real Chromium. */
import { existsSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './scripts/chromium.js';

/** Nothing is measured by it: servers, browsers and simulated sites share two cores with each test. */
const TEST_LIMIT_MS = 60_000;
/** For `expect.poll`; the second of Vitest's own is soon over on a busy machine. */
const POLL = { poll: { timeout: 20_000 } };
/** The floors of tests that need no browser; `*.browser.test.ts` among them do. */
const NODE_TESTS = 'tests/{unit,property,contract,architecture,integration,simulation}/**/*.test.ts';

export default defineConfig({
	plugins: [sveltekit()],
	worker: { format: 'es' },
	build: { target: 'es2023' },
	server: { port: 4780, strictPort: true },
	test: {
		passWithNoTests: false,
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					expect: POLL,
					testTimeout: TEST_LIMIT_MS,
					hookTimeout: TEST_LIMIT_MS,
					include: [NODE_TESTS],
					exclude: ['tests/**/*.browser.test.ts'],
					maxWorkers: 2
				}
			},
			{
				extends: true,
				// Known beforehand: found while tests run, a package would make Vite load the page anew under them.
				optimizeDeps: {
					include: [
						'@zxcvbn-ts/core',
						'@zxcvbn-ts/language-common',
						'@zxcvbn-ts/language-de',
						'cborg',
						'dexie',
						'fast-check',
						'hash-wasm',
						'ibantools',
						'jose',
						'uqr',
						'virtua/svelte',
						'workbox-window'
					]
				},
				test: {
					name: 'browser',
					expect: POLL,
					testTimeout: TEST_LIMIT_MS,
					hookTimeout: TEST_LIMIT_MS,
					include: ['tests/**/*.browser.test.ts', 'tests/component/**/*.test.ts'],
					setupFiles: existsSync('tests/support/browser-setup.ts') ? ['tests/support/browser-setup.ts'] : [],
					fileParallelism: false,
					browser: {
						enabled: true,
						headless: true,
						// Two runs beside each other take different ports.
						api: { port: 63315, strictPort: false },
						screenshotFailures: false,
						provider: playwright({ launchOptions: chromiumLaunch(), contextOptions: { locale: 'de-DE' } }),
						instances: [{ browser: 'chromium', viewport: { width: 1366, height: 768 } }]
					}
				}
			}
		]
	}
});
