/** Measurements in a real Chromium: one after the other, since each wants the machine for itself. `npm run bench`. */
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { FOLDER } from './figures';

export default defineConfig({
	testDir: '.',
	testMatch: '*.measure.ts',
	outputDir: resolve(FOLDER, 'playwright'),
	workers: 1,
	retries: 0,
	timeout: 6 * 60_000,
	expect: { timeout: 15_000 },
	reporter: 'line'
});
