/** End-to-end tests: the built app, its real server, a real Chromium; each test has a server and a profile of its own. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.e2e.ts',
	outputDir: 'test-results/e2e',
	// Each worker is a browser and a server: two are what a small machine bears.
	workers: 2,
	fullyParallel: true,
	forbidOnly: !!process.env['CI'],
	retries: 0,
	// Patience for a machine that others load: what comes late is not wrong, what never comes is.
	timeout: 180_000,
	expect: { timeout: 30_000 },
	reporter: 'list'
});
