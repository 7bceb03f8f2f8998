/** What must hold on every screen: WCAG 2.2 AA without exceptions, and inputs of which the browser keeps nothing. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails on any violation, and names the elements. */
export async function expectAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
	const found = violations.map(({ id, help, nodes }) => ({
		id,
		help,
		at: nodes.map(({ target }) => target.join(' '))
	}));
	expect(found, `accessibility of ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Each input sits in a form that lets the browser remember nothing. */
export async function expectPrivateInputs(page: Page): Promise<void> {
	const open = await page
		.locator('input:not([type=file]), textarea, select')
		.evaluateAll((inputs) =>
			inputs
				.filter((input) => (input as HTMLInputElement).form?.getAttribute('autocomplete') !== 'off')
				.map((input) => input.id || input.outerHTML.slice(0, 80))
		);
	expect(open, 'inputs without a form that says autocomplete="off"').toEqual([]);
}

/** Nothing is cut off, and nothing must be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
	const [content, window] = await page.evaluate(() => [
		document.documentElement.scrollWidth,
		document.documentElement.clientWidth
	]);
	expect(content, 'width of the content').toBeLessThanOrEqual(window ?? 0);
}

/** All of it, in light and dark, and at 320 px. */
export async function expectGoodScreen(page: Page): Promise<void> {
	await expectPrivateInputs(page);
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme });
		await expectAccessible(page);
	}
	const size = page.viewportSize();
	await page.setViewportSize({ width: 320, height: 640 });
	await expectNoSidewaysScroll(page);
	if (size) await page.setViewportSize(size);
}
