/** Hands on a keyboard and nothing else; counts what they press. */
import { expect, type Locator, type Page } from '@playwright/test';

const MOST_TABS = 60;

export class Keyboard {
	/** Characters of what is written down: names, dates, numbers. */
	characters = 0;
	/** Everything else: moving on, choosing, saving. A chord such as Strg+Enter is one. */
	presses = 0;

	constructor(readonly page: Page) {}

	async type(text: string): Promise<void> {
		this.characters += text.length;
		await this.page.keyboard.type(text);
	}

	async press(key: string): Promise<void> {
		this.presses++;
		await this.page.keyboard.press(key);
	}

	/** Tab by Tab to an element; fails when it cannot be reached. */
	async tabTo(target: Locator): Promise<void> {
		await expect(target).toBeVisible();
		for (let tabs = 0; tabs < MOST_TABS; tabs++) {
			if (await target.evaluate((element) => element === document.activeElement)) return;
			await this.press('Tab');
		}
		await expect(target).toBeFocused();
	}

	/** Reaches a button or link and presses it. */
	async activate(target: Locator): Promise<void> {
		await this.tabTo(target);
		await this.press('Enter');
	}
}
