import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { Workspace } from '$lib/services/workspace';
import { createFakeWorkspace } from '../support/fake-workspace';
import { aRow, aView } from '../support/invented-view';
import RequestWatchHarness from './RequestWatchHarness.svelte';

const [row, other] = [aRow(1), aRow(2)];

/** A workspace whose histories come when they are let go, each with whose it is. */
function slowHistories() {
	const waiting: (() => void)[] = [];
	const plain = createFakeWorkspace({}, aView({ rows: [row, other] }));
	const timeline: Workspace['timeline'] = async (id) => {
		await new Promise<void>((resolve) => waiting.push(resolve));
		return (await plain.timeline(id)).map((entry) => ({ ...entry, staffName: `history of ${id}` }));
	};
	return { workspace: createFakeWorkspace({ timeline }, aView({ rows: [row, other] })), waiting };
}

it('shows a request together with its history', async () => {
	const shown: string[] = [];
	const { workspace, waiting } = slowHistories();
	await render(RequestWatchHarness, { workspace, id: row.id, onshown: (state: string) => void shown.push(state) });
	await expect.poll(() => waiting.length).toBe(1);
	waiting[0]?.();
	await expect.element(page.getByText(`${row.caseNumber} history of ${row.id}`)).toBeVisible();
	expect(shown).toEqual(['nothing ', `${row.caseNumber} history of ${row.id}`]);
});

it('shows no history of a request that was left meanwhile', async () => {
	const shown: string[] = [];
	const { workspace, waiting } = slowHistories();
	const onshown = (state: string) => void shown.push(state);
	const { rerender } = await render(RequestWatchHarness, { workspace, id: row.id, onshown });
	await expect.poll(() => waiting.length).toBe(1);
	await rerender({ id: other.id });
	await expect.poll(() => waiting.length).toBe(2);
	waiting[1]?.();
	await expect.element(page.getByText(`${other.caseNumber} history of ${other.id}`)).toBeVisible();
	waiting[0]?.();
	await new Promise((resolve) => setTimeout(resolve));
	expect(shown.at(-1)).toBe(`${other.caseNumber} history of ${other.id}`);
});
