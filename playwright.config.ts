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
	timeout: 90_000,
	expect: { timeout: 15_000 },
	reporter: 'list'
});
