/** Hostile text in every field of a form: exact through save and exchange to the other counter, to paper and to the file; nothing runs, the layout holds. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { formById } from '../../src/lib/domain/forms/catalog';
import { normaliseAnswer, visibleFields } from '../../src/lib/domain/forms/validate';
import type { LocalDate } from '../../src/lib/domain/time';
import { HOSTILE_TEXTS } from '../fixtures/hostile-texts';
import { Counter } from './counter';
import { expect, expectNoSidewaysScroll, test } from './fixtures';
import { FOUNDING } from './pages/setup-page';

test('every attempt in every field: the same text on the other counter, on paper and in the file, and nothing runs or breaks', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const first = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const second = await Counter.join(await newDevice(), first, { site: '\u2069\u202Esite', counter: '\u202Eretlahcs' });
	const faults = [first, second].map(({ page }) => faultsOf(page));
	const typed = hostileAnswers();
	await first.form.start('umsch');
	await first.page.locator('#feld-representative-yes').check();
	await fillRaw(first.page, { ...typed, notiz: NOTE });
	await expectLayout(first.page);
	await first.form.saveIncompleteButton.click();
	const number = await first.receipt.caseNumber();
	await first.exchange.now();
	await first.expectAllSent();

	await second.exchange.now();
	await second.list.open();
	await expectLayout(second.page);
	await expect(second.list.row(number)).toBeVisible();
	await second.list.openRequest(number);
	await expectLayout(second.page);
	const expected = Object.fromEntries(textFields().map(({ id, label }) => [label, typed[`feld-${id}`]!]));
	expect(await differing(second.page, 'dl > div', 'dt', 'dd', expected)).toEqual([]);
	expect(await textIs(second.page, '.note', NOTE)).toBe(true);
	await second.beginAmending({ Vornamen: TURNED });
	await second.page.getByRole('button', { name: 'Unvollständig', exact: false }).click();
	await expect(second.request.timeline).toBeVisible();
	await expectLayout(second.page);

	await second.admin.open();
	await expectLayout(second.page);
	await second.page.getByRole('link', { name: 'Alle offenen Anliegen drucken oder als CSV speichern' }).click();
	const password = second.page.getByLabel('Eigenes Passwort', { exact: true });
	await password.fill(FOUNDING.password);
	const downloading = second.page.waitForEvent('download');
	await second.page.getByRole('button', { name: 'Als CSV speichern' }).click();
	const csv = await readFile(await (await downloading).path(), 'utf8');
	for (const text of Object.values({ ...expected, Vornamen: '' })) expect(csv).toContain(cellPart(text));
	await second.page.evaluate(() => {
		window.print = () => undefined;
	});
	await password.fill(FOUNDING.password);
	await second.page.getByRole('button', { name: 'Alle drucken' }).click();
	await second.page.emulateMedia({ media: 'print' });
	await expect(second.page.getByRole('heading', { name: number })).toBeVisible();
	const printed = { ...expected, Vornamen: TURNED };
	expect(await differing(second.page, 'article dl > div', 'dt', 'dd', printed)).toEqual([]);

	expect(faults.flat()).toEqual([]);
	for (const { page } of [first, second])
		expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
});

/** Leaves an isolate, and turns around what follows. */
const TURNED = '\u2069\u202Enemanrov';
const changeOfHolder = formById('kfz-umschreibung', 1)!;
/** Lines of text that a form keeps as they are, but for blanks and NFC. */
const textFields = () =>
	visibleFields(changeOfHolder, { representative: 'yes' }).filter(({ kind }) => kind === 'text' || kind === 'name');
/** What a line can hold, as long as the field allows; one for each field, then from the beginning. */
const LINES = Object.values(HOSTILE_TEXTS).map((text) => text.replace(/[\r\n]/g, '').slice(0, 80));
const NOTE = Object.values(HOSTILE_TEXTS).join('\n').replaceAll('\r', '').trim();

function hostileAnswers(): { [id: string]: string } {
	const context = { today: '2026-11-02' as LocalDate, answers: {} };
	return Object.fromEntries(
		textFields().map((field, at) => [
			`feld-${field.id}`,
			normaliseAnswer(field, LINES[at % LINES.length]!.slice(0, field.maxLength), context)
		])
	);
}

/** Unit by unit: halves of characters do not survive the way from here into the page. */
const unitsOf = (text: string): number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

const fillRaw = (page: Page, texts: { readonly [id: string]: string }) =>
	page.evaluate(
		(entries) => {
			for (const [id, units] of entries) {
				const input = document.getElementById(id) as HTMLInputElement;
				input.value = String.fromCharCode(...units);
				input.dispatchEvent(new Event('input', { bubbles: true }));
			}
		},
		Object.entries(texts).map(([id, text]) => [id, unitsOf(text)] as const)
	);

/** Labels whose value on the page is another one. */
const differing = (
	page: Page,
	row: string,
	label: string,
	value: string,
	expected: { readonly [label: string]: string }
): Promise<string[]> =>
	page.evaluate(
		({ row, label, value, entries }) =>
			entries.flatMap(([name, units]) => {
				const found = [...document.querySelectorAll(row)].find(
					(candidate) => candidate.querySelector(label)?.textContent?.trim() === name
				);
				const text = found?.querySelector(value)?.textContent ?? null;
				return text === String.fromCharCode(...units) ? [] : [`${name}: ${JSON.stringify(text)}`];
			}),
		{ row, label, value, entries: Object.entries(expected).map(([name, text]) => [name, unitsOf(text)] as const) }
	);

const textIs = (page: Page, selector: string, expected: string): Promise<boolean> =>
	page.evaluate(
		({ selector, units }) => document.querySelector(selector)?.textContent === String.fromCharCode(...units),
		{ selector, units: unitsOf(expected) }
	);

/** As UTF-8 and within quotes. */
const cellPart = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD').replaceAll('"', '""');

/** Errors, refused scripts and styles, and windows that ask something. */
function faultsOf(page: Page): string[] {
	const faults: string[] = [];
	page.on('pageerror', ({ message }) => faults.push(message));
	page.on('console', (message) => {
		if (message.type() === 'error') faults.push(message.text());
	});
	page.on('dialog', (dialog) => {
		faults.push(`${dialog.type()}: ${dialog.message()}`);
		void dialog.dismiss();
	});
	return faults;
}

/** Nothing must be scrolled sideways, and the status line reads as ever: on a telephone and on a counter PC. */
async function expectLayout(page: Page): Promise<void> {
	const size = page.viewportSize();
	for (const width of [360, 1366]) {
		await page.setViewportSize({ width, height: 768 });
		await expectNoSidewaysScroll(page);
		await expect(page.getByRole('button', { name: 'Sperren', exact: true })).toBeInViewport({ ratio: 1 });
	}
	if (size) await page.setViewportSize(size);
}
