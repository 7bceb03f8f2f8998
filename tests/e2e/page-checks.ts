/** What must hold on every screen: WCAG 2.2 AA without exceptions, and inputs of which the browser keeps nothing. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** High enough for every page: at some place of scrolling a bar that sticks covers half a button, and axe measures the other half. */
const ALL_IN_VIEW = 4_000;

/** Fails on any violation, and names the elements. */
export const expectAccessible = (page: Page): Promise<void> =>
	expectNoViolations(page, new AxeBuilder({ page }).withTags(WCAG_22_AA));

async function expectNoViolations(page: Page, builder: AxeBuilder): Promise<void> {
	const size = page.viewportSize();
	if (size) await page.setViewportSize({ width: size.width, height: ALL_IN_VIEW });
	const { violations } = await builder.analyze();
	if (size) await page.setViewportSize(size);
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
	// Colours are all that differs in the dark.
	await page.emulateMedia({ colorScheme: 'dark' });
	await expectNoViolations(page, new AxeBuilder({ page }).withRules(['color-contrast']));
	await page.emulateMedia({ colorScheme: 'light' });
	await expectAccessible(page);
	const size = page.viewportSize();
	await page.setViewportSize({ width: 320, height: 640 });
	await expectNoSidewaysScroll(page);
	if (size) await page.setViewportSize(size);
}
