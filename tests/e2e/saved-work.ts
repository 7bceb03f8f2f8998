/** What must be there after a fault: everything that was shown as saved, under its number, once. */
import type { Counter } from './counter';
import { expect } from '@playwright/test';
import { CASE_NUMBER } from './pages/receipt-page';

/** What was shown as saved before the fault. */
export interface SavedWork {
	readonly numbers: Iterable<string>;
	/** „Familienname“ of drafts. A later state of the same form differs in the last letter, which is a later one. */
	readonly draftNames: Iterable<string>;
}

/** Tall enough that the list draws every line. */
const TALL = { width: 1366, height: 4_000 };

/** Somebody is unlocked. Finishes the drafts that it finds, so that their numbers are saved work too. */
export async function expectAllThere(counter: Counter, { numbers, draftNames }: SavedWork): Promise<void> {
	const size = counter.page.viewportSize();
	await counter.page.setViewportSize(TALL);
	const before = new Set(numbers);
	const finished = await finishDrafts(counter);
	await expectEachOnce(counter, [...before, ...finished.map(({ number }) => number)]);
	const lines = await counter.list.rows.allInnerTexts();
	for (const [stem, state] of latestStates(draftNames)) {
		const holding = lines.filter((line) => line.includes(stem));
		expect(holding, `requests and drafts of ${stem}`).toHaveLength(1);
		const draft = finished.find(({ name }) => name.startsWith(stem));
		if (draft) expect(draft.name.slice(stem.length) >= state, `${draft.name} is not older than shown`).toBe(true);
	}
	if (size) await counter.page.setViewportSize(size);
}

/** The list shows each number once, and as many as were ever given: 1, 2, 3 … without a gap. */
export async function expectEachOnce({ list }: Counter, numbers: readonly string[]): Promise<void> {
	await list.open();
	for (const number of numbers) await expect(list.row(number)).toHaveCount(1);
	const shown = (await list.rows.allInnerTexts()).map((line) => CASE_NUMBER.exec(line)?.[0] ?? line);
	const counters = shown.map((number) => Number(number.split('-').at(-2))).sort((a, b) => a - b);
	expect(counters).toEqual(counters.map((_, i) => i + 1));
}

/** Goes on with each draft under „Heute“ and takes it as it is. */
async function finishDrafts({ page, form, receipt }: Counter): Promise<{ name: string; number: string }[]> {
	const finished: { name: string; number: string }[] = [];
	const drafts = page.getByRole('region', { name: 'Entwürfe' }).getByRole('link');
	const today = page.getByRole('link', { name: 'Heute' }).first();
	await today.click();
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	for (let left = await drafts.count(); left > 0; left--) {
		await expect(drafts).toHaveCount(left);
		await drafts.first().click();
		await expect(form.field('Familienname')).not.toHaveValue('');
		const name = await form.field('Familienname').inputValue();
		await form.saveIncompleteButton.click();
		finished.push({ name, number: await receipt.caseNumber() });
		await today.click();
		await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	}
	return finished;
}

/** Of each form what was shown last; `Rabe-aa-` → `y`. */
function latestStates(names: Iterable<string>): ReadonlyMap<string, string> {
	const latest = new Map<string, string>();
	for (const name of names) {
		const stem = name.slice(0, -1);
		const state = name.slice(-1);
		if (state > (latest.get(stem) ?? '')) latest.set(stem, state);
	}
	return latest;
}
