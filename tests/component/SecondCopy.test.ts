import { beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import SecondCopy from '$lib/ui/components/SecondCopy.svelte';
import { createFakeFolderCopy, type FakeFolderCopy } from '../support/fake-folder-copy';
import { createFakeSession } from '../support/fake-session';
import { createFakeWorkspace } from '../support/fake-workspace';
import { at } from '../support/invented-view';
import { renderWithSession } from '../support/render-with-session';

const button = (name: string) => page.getByRole('button', { name });
let copy: FakeFolderCopy;

function show(canChoose = true): void {
	copy = createFakeFolderCopy(canChoose);
	const session = createFakeSession({ type: 'unlocked', workspace: createFakeWorkspace({ folderCopy: copy }) });
	renderWithSession(SecondCopy, {}, { session });
}

describe('the further copy', () => {
	beforeEach(() => show());

	it('is written into a folder that a person chooses, again at a press, and no more when told so', async () => {
		await expect.element(page.getByText(/Kein Ordner gewählt/)).toBeVisible();
		await button('Ordner wählen').click();
		await expect.element(page.getByText(/„Stick“: zuletzt geschrieben .*, 4,2 KB/)).toBeVisible();
		await expect.element(page.getByText('Alles Gesicherte ist darin.')).toBeVisible();
		copy.show({ upToDate: false });
		await expect.element(page.getByText('Neues kommt gleich dazu.')).toBeVisible();
		await button('Jetzt schreiben').click();
		await expect.element(page.getByText('Alles Gesicherte ist darin.')).toBeVisible();
		await button('Nicht mehr schreiben').click();
		await expect.element(page.getByText(/Kein Ordner gewählt/)).toBeVisible();
	});

	it('asks for access again after a restart', async () => {
		copy.show({ folder: 'Stick', access: 'ask' });
		await expect.element(page.getByText(/fragt der Browser noch einmal/)).toBeVisible();
		await button('Zugriff erlauben').click();
		await expect.element(page.getByText(/fragt der Browser noch einmal/)).not.toBeInTheDocument();
	});

	it.each([
		['NotFoundError', 'vielleicht ist der Stick abgezogen'],
		['NotAllowedError', 'darf nicht in den Ordner schreiben'],
		['QuotaExceededError', 'Der Platz im Ordner reicht nicht'],
		['NotReadableError', 'ließ sich nicht wieder lesen'],
		['CopyAhead', 'Sie wird nicht überschrieben'],
		['UnknownError', 'Das Schreiben ist gescheitert']
	])('says what happened on %s, what is safe and what to do', async (name, words) => {
		copy.show({ folder: 'Stick', failure: { type: 'not-copied', name, at: at('2023-11-12T14:03:00+01:00') } });
		await expect.element(page.getByText(new RegExp(words))).toBeVisible();
		await expect.element(page.getByText(/Bitte /).first()).toBeVisible();
	});
});

it('leaves the download where the browser cannot write into folders', async () => {
	show(false);
	await expect.element(page.getByText(/kann nicht in einen Ordner schreiben/)).toBeVisible();
	await expect.element(button('Kopie herunterladen')).toBeVisible();
	await expect.element(button('Ordner wählen')).not.toBeInTheDocument();
});
