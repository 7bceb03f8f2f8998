/** Offline start: server killed, browser ended and started again on its profile, from the address to the field „Passwort“. */
import { test, expect } from '../e2e/fixtures';
import { LockPage } from '../e2e/pages/lock-page';
import { SetupPage } from '../e2e/pages/setup-page';
import { report, RUNS } from './figures';

test('offline start to lock screen', async ({ device, server }) => {
	const first = await device.open();
	const setup = new SetupPage(first);
	await setup.found();
	await setup.goToToday();
	await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await server.kill();
	await device.kill();

	const seconds: number[] = [];
	for (let run = 0; run < RUNS; run++) {
		const page = await device.open('about:blank');
		await page.addInitScript(() => {
			const look = () => {
				const field = document.querySelector('input[type=password]');
				const isShown = field !== null && field.checkVisibility({ visibilityProperty: true });
				if (isShown) (window as unknown as { shownAt: number }).shownAt = performance.now();
				else requestAnimationFrame(look);
			};
			requestAnimationFrame(look);
		});
		await page.goto('/');
		await expect(new LockPage(page).password).toBeVisible();
		await page.waitForFunction(() => 'shownAt' in window);
		seconds.push((await page.evaluate(() => (window as unknown as { shownAt: number }).shownAt)) / 1_000);
		await device.kill();
	}
	report('start', [{ name: 'offline start to lock screen', unit: 's', values: seconds }]);
});
