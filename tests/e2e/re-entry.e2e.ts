/** Story, step 11: what the counter took is typed into the specialist system, row by row. */
import { Counter } from './counter';
import type { Device } from './device';
import { expect, expectGoodScreen, expectNoSidewaysScroll, test } from './fixtures';
import { HOLDER_CHANGE } from './pages/request-form-page';

/** Three requests; the second one is urgent. */
async function counterWithWork(device: Device) {
	const counter = await Counter.found(device);
	await device.context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const { form, receipt } = counter;
	const first = await counter.take({ Familienname: 'Ahorn' });
	await form.start('umsch');
	await form.fill({ ...HOLDER_CHANGE, Familienname: 'Buche' });
	await form.choice('Dringlichkeit', 'dringend').check();
	await form.field('Grund der Dringlichkeit').fill('Verkauf morgen');
	await form.save();
	await expect(receipt.heading).toBeVisible();
	const urgent = await receipt.caseNumber();
	const last = await counter.take({ Familienname: 'Eiche' });
	return { counter, first, urgent, last };
}

test('by keyboard: copies field by field, types the Aktenzeichen, closes, takes it back, closes again', async ({
	device
}) => {
	const { counter, first, urgent, last } = await counterWithWork(device);
	const { page, reentry } = counter;
	await reentry.open();
	await expect(page.getByText('3 offen', { exact: true })).toBeVisible();
	await expect(reentry.queueRows).toContainText([urgent, first, last]);
	await expectGoodScreen(page);

	await reentry.queueRows.first().focus();
	await page.keyboard.press('Enter');
	await expect(reentry.rows.first()).toBeVisible();
	const labels = await reentry.labels();
	expect(labels).toEqual(
		expect.arrayContaining(['Familienname', 'Vornamen', 'Geburtsdatum', 'FIN', 'Kennzeichen', 'IBAN'])
	);
	const valueOf = async (label: string) => (await reentry.row(label).locator('[data-value]').innerText()).trim();

	// The first row has the focus; C copies, ticks and goes on, Enter does the same.
	await expect(reentry.copyButton(labels[0]!)).toBeFocused();
	for (const [index, label] of labels.entries()) {
		await expect(reentry.copyButton(label)).toBeFocused();
		await page.keyboard.press(index % 2 === 0 ? 'c' : 'Enter');
		await expect(reentry.tick(label)).toHaveAttribute('aria-pressed', 'true');
		const copied = await reentry.clipboard();
		expect(label === 'IBAN' ? copied : copied.trim()).toBe(
			label === 'IBAN' ? HOLDER_CHANGE.IBAN.replaceAll(' ', '') : await valueOf(label)
		);
	}
	await expect(reentry.reference).toBeFocused();
	await expect(page.getByText(`${labels.length} von ${labels.length} übertragen`)).toBeVisible();

	await page.keyboard.press('Enter');
	await expect(
		page.getByText('Bitte das Aktenzeichen eintragen. Gibt es keines, bitte „ohne“ eintragen.')
	).toBeVisible();
	await expect(reentry.reference).toBeFocused();
	await page.keyboard.type('KFZ-2026/4711');
	await page.keyboard.press('Enter');
	await expect(counter.toasts).toContainText(`${urgent} ist abgeschlossen.`);
	// On to the next open case by itself.
	await expect(page.getByRole('heading', { level: 1 })).toContainText(first);

	await counter.toasts.getByRole('button', { name: 'Rückgängig' }).click();
	await expect(counter.toasts).toContainText(`${urgent} ist wieder offen.`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(urgent);
	await expect(reentry.tick('Familienname')).toHaveAttribute('aria-pressed', 'true');
	await reentry.reference.fill('KFZ-2026/4712');
	await reentry.completeButton.click();
	await expect(counter.toasts).toContainText(`${urgent} ist abgeschlossen.`);

	await reentry.open();
	await expect(reentry.queueRows).toHaveCount(2);
	await counter.list.open();
	await expect(counter.list.row(urgent)).toContainText('erfasst');
	await counter.list.openRequest(urgent);
	await expect(page.getByText('Erfasst unter Aktenzeichen KFZ-2026/4712.')).toBeVisible();
	await expect(counter.request.timeline).toContainText('Abschluss rückgängig gemacht');
});

test('by mouse: copies, ticks and unticks; goes back to the counter with a question, and returns with the answer', async ({
	device
}) => {
	const { counter, urgent } = await counterWithWork(device);
	const { page, reentry } = counter;
	await reentry.openCase(urgent);
	await expectGoodScreen(page);
	await reentry.copyButton('FIN').click();
	expect(await reentry.clipboard()).toBe(HOLDER_CHANGE.FIN);
	await expect(reentry.tick('FIN')).toHaveAttribute('aria-pressed', 'true');
	await reentry.tick('Ort').click();
	await expect(reentry.tick('Ort')).toHaveAttribute('aria-pressed', 'true');
	await reentry.tick('Ort').click();
	await expect(reentry.tick('Ort')).toHaveAttribute('aria-pressed', 'false');

	// Narrow, beside the specialist system.
	await page.setViewportSize({ width: 380, height: 768 });
	await reentry.copyButton('FIN').scrollIntoViewIfNeeded();
	await expect(reentry.copyButton('FIN')).toBeInViewport({ ratio: 1 });
	await expectNoSidewaysScroll(page);
	await page.setViewportSize({ width: 1366, height: 768 });

	await page.getByRole('button', { name: 'Zurück an Schalter' }).click();
	const dialog = page.getByRole('dialog', { name: 'Mit einer Frage zurück an den Schalter' });
	await dialog.getByRole('button', { name: 'Frage senden' }).click();
	await expect(dialog.getByText('Bitte die Frage eintragen, damit der Schalter weiß, was zu tun ist.')).toBeVisible();
	await dialog.getByLabel('Was soll geklärt werden?').fill('Stimmt die Hausnummer?');
	await dialog.getByRole('button', { name: 'Frage senden' }).click();
	await expect(counter.toasts).toContainText(`${urgent} ist mit der Frage zurück am Schalter.`);

	await counter.list.open();
	await expect(counter.list.row(urgent)).toContainText('Rückfrage');
	await counter.list.openRequest(urgent);
	await expect(page.getByText('Stimmt die Hausnummer?').first()).toBeVisible();
	await page.getByRole('button', { name: 'Beantwortet, zurück an die Nacherfassung' }).click();
	const answer = page.getByRole('dialog', { name: 'Rückfrage der Sachbearbeitung' });
	await answer.getByLabel('Antwort').fill('Ja, 12a ist richtig');
	await answer.getByRole('button', { name: 'Beantwortet, zurück an die Nacherfassung' }).click();
	await expect(answer).toBeHidden();
	await expect(counter.request.timeline).toContainText('Ja, 12a ist richtig');
	await reentry.openCase(urgent);
	await expect(reentry.tick('FIN')).toHaveAttribute('aria-pressed', 'true');
	await expect(reentry.completeButton).toBeVisible();
});
