/** Nothing of a person is where it does not belong on a page: address, title, history, storage in clear, a locked screen. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { LockPage } from './pages/lock-page';
import { ReceiptPage } from './pages/receipt-page';
import { RequestFormPage } from './pages/request-form-page';
import { RequestListPage, RequestPage } from './pages/request-list-page';
import { SetupPage } from './pages/setup-page';

/** A name that no list of this program holds; long enough to be nothing else. */
const NAME = 'Quastenflosser';
const PLATE = 'SO-QF 4711';
const DRAFT = 'Zwergschnepfe';
const SEARCHED = 'Wendehals';
const SECRETS = [NAME, PLATE, DRAFT, SEARCHED];

/** What a page shows to the browser around it. */
const outsideOf = (page: Page): Promise<string> =>
	page.evaluate(() =>
		JSON.stringify([
			decodeURIComponent(location.href),
			document.title,
			history.state,
			{ ...localStorage },
			{ ...sessionStorage },
			document.cookie,
			window.name
		])
	);

async function expectNothingOutside(page: Page): Promise<void> {
	const outside = await outsideOf(page);
	for (const secret of SECRETS) expect(outside, new URL(page.url()).pathname).not.toContain(secret);
}

test('a name, a plate, a draft and a search stay in sealed records alone', async ({ server, device }) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found({ enrolmentCode: server.enrolmentCode });
	await setup.goToToday();
	const form = new RequestFormPage(page);
	const receipt = new ReceiptPage(page);
	await form.start('umsch');
	await form.fill({ Familienname: NAME, Kennzeichen: PLATE });
	await expectNothingOutside(page);
	await form.saveIncompleteButton.click();
	await expect(receipt.heading).toBeVisible();
	await expectNothingOutside(page);
	await receipt.openRequest();
	await new RequestPage(page).addNote(`ruft an: ${NAME}`);
	await expectNothingOutside(page);
	const list = new RequestListPage(page);
	await list.open();
	await list.search.fill(NAME);
	await expect(list.rows).toHaveCount(1);
	await list.scan(SEARCHED);
	await expectNothingOutside(page);
	await page.getByRole('link', { name: 'Abgleich' }).first().click();
	await page.getByRole('button', { name: 'Jetzt abgleichen' }).first().click();
	await expect(page.getByText('0 nicht übertragen').first()).toBeVisible();
	await form.start('umsch');
	await form.field('Familienname').fill(DRAFT);
	await expect(form.draftSaved).toBeVisible();
	await expectNothingOutside(page);

	await new LockPage(page).lock();
	await new LockPage(page).expectShown();
	await expectNothingOutside(page);
	const shown = await page.content();
	for (const secret of SECRETS) expect(shown).not.toContain(secret);
});
