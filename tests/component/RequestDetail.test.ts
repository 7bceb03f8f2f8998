import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { OperationName } from '$lib/domain/ids';
import type { RequestView } from '$lib/domain/request';
import type { TimelineEntry } from '$lib/services/workspace';
import RequestDetail from '$lib/ui/components/RequestDetail.svelte';
import { createFakeWorkspace } from '../support/fake-workspace';
import { aRequest, aRow, MAX, NOW, OTHER_DEVICE, stampAt } from '../support/invented-view';
import WorkspaceHarness from './WorkspaceHarness.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

const row = aRow(1, { formId: 'kfz-umschreibung' });
const VIEW = aRequest(row, { 'answers/city': 'Soest', 'papers/zb2': 'missing', note: 'eilt' });

async function open(view: RequestView = VIEW, timeline: readonly TimelineEntry[] = []) {
	const workspace = createFakeWorkspace();
	const properties = { view, timeline, companions: [], onchanged: () => undefined };
	await render(WorkspaceHarness, { component: RequestDetail, properties, workspace });
	return workspace;
}

it('shows two clashing values with who and when, and keeps the one that is chosen', async () => {
	const mine = VIEW.fields['answers/city'] ?? [];
	const other = {
		value: 'Werl',
		name: `${OTHER_DEVICE}:9` as OperationName,
		staffId: MAX.id,
		stamp: stampAt(NOW, 9, OTHER_DEVICE)
	};
	const workspace = await open({ ...VIEW, fields: { ...VIEW.fields, 'answers/city': [other, ...mine] } });
	const review = page.getByRole('region', { name: 'Zwei Angaben zu „Ort“' });
	await expect
		.element(review)
		.toHaveTextContent(/Werl.*Max Beispiel, Schalter 4, 06\.11\.2023.*Soest.*Erika Mustermann, Schalter 3/);
	await review.getByRole('button', { name: 'Diesen Wert behalten' }).nth(1).click();
	await vi.waitFor(() => expect(workspace.calls).toEqual([['settle', row.id, 'answers/city', 'Soest']]), 20_000);
});

it('tells what happened with the values before and after, and marks what a newer version did', async () => {
	const entry = { again: null, staffName: 'Max Beispiel', counter: 'Schalter 4', at: stampAt(NOW), reason: null };
	await open(VIEW, [
		{
			...entry,
			name: `${OTHER_DEVICE}:1` as OperationName,
			type: 'request-amended',
			changes: [{ path: 'answers/city', before: 'Werl', after: 'Soest' }],
			reason: 'verschrieben'
		},
		{ ...entry, name: `${OTHER_DEVICE}:2` as OperationName, type: 'unknown', changes: [] }
	]);
	const timeline = page.getByRole('region', { name: 'Verlauf' });
	await expect
		.element(timeline)
		.toHaveTextContent(/Ergänzt.*Max Beispiel, Schalter 4.*Grund: verschrieben.*Ort: Werl → Soest/);
	await expect.element(timeline.getByText('von neuerer Version', { exact: true })).toBeVisible();
});

it('marks a paper as handed in later', async () => {
	const workspace = await open();
	const paper = page.getByRole('radiogroup', { name: 'Zulassungsbescheinigung Teil II' });
	await paper.getByLabelText('liegt vor').click();
	await page.getByRole('button', { name: 'Unterlagen speichern' }).click();
	await vi.waitFor(
		() =>
			expect(workspace.calls).toEqual([
				['markPapers', row.id, [{ path: 'papers/zb2', value: 'present', replaces: [VIEW.history[0]?.name] }]]
			]),
		20_000
	);
});

it('saves only what was changed when amended', async () => {
	const workspace = await open();
	await page.getByRole('button', { name: 'Ergänzen' }).click();
	await page.getByRole('textbox', { name: 'Ort', exact: true }).fill('Werl');
	await page.getByRole('button', { name: 'Unvollständig speichern' }).click();
	await vi.waitFor(() => expect(workspace.calls).toHaveLength(1), 20_000);
	const [act, id, changes] = workspace.calls[0] as [string, string, { path: string; value: unknown }[]];
	expect([act, id]).toEqual(['amend', row.id]);
	expect(changes).toContainEqual({ path: 'answers/city', value: 'Werl', replaces: [VIEW.history[0]?.name] });
	expect(changes.map(({ path }) => path)).not.toContain('answers/familyName');
});

it('is withdrawn only with a reason', async () => {
	const workspace = await open();
	await page.getByRole('button', { name: 'Zurückziehen' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Zurückziehen' }).click();
	await expect.element(dialog.getByText(/Bitte einen Grund angeben/)).toBeVisible();
	await dialog.getByLabelText('Warum wird es zurückgezogen?').fill('auf Wunsch');
	await dialog.getByRole('button', { name: 'Zurückziehen' }).click();
	await vi.waitFor(() => expect(workspace.calls).toEqual([['withdraw', row.id, 'auf Wunsch']]), 20_000);
});

it('shows a question of the back office and takes the answer', async () => {
	const view = aRequest({ ...row, status: 'query' }, { query: 'Welche FIN?' });
	const workspace = await open(view);
	await expect.element(page.getByText('Welche FIN?')).toBeVisible();
	await page.getByRole('button', { name: /Beantwortet/ }).click();
	await page.getByRole('dialog').getByLabelText('Antwort').fill('Steht im Schein');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /Beantwortet/ })
		.click();
	await vi.waitFor(() => expect(workspace.calls).toEqual([['reopen', row.id, 'Steht im Schein']]), 20_000);
});
