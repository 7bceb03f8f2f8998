/** What came of calls: written down, told with a way back, and taken back, together with the move that a new appointment was. */
import type { AppointmentRow, BeforeStep, ContactResult } from '$lib/domain/appointment';
import type { SaveError, Workspace } from '$lib/services/workspace';
import type { Result } from '$lib/domain/result';
import { callText as text, cancelText, contactResultText } from '../text/contact';
import { errorText } from '../text/errors';
import { toasts } from './toasts.svelte';

/** A new appointment as the result: how it was before, and where it is now. */
export interface MovedBefore {
	readonly before: BeforeStep;
	readonly words: string;
}

export class CallResults {
	failure = $state<string | null>(null);
	busy = $state(false);
	readonly #workspace: Workspace;
	/** By the call they were the result of; who comes back later finds the call alone, and the appointment stays where it is. */
	readonly #moves = new Map<string, BeforeStep>();

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
	}

	/** True when it is on the disk. */
	async save(row: AppointmentRow, result: ContactResult, note: string, moved?: MovedBefore): Promise<boolean> {
		const saved = await this.#inTurn(() => this.#workspace.appointments.contact(row.id, { result, note }));
		if (!saved?.ok) return false;
		const contactId = saved.value;
		if (moved) this.#moves.set(contactId, moved.before);
		const words = moved?.words ?? text.saved(nameOf(row), contactResultText[result]);
		toasts.show(words, { action: { label: text.undo, run: () => void this.#takeBack(row, contactId) } });
		return true;
	}

	/** The last call of the row; true when it is taken back. */
	async takeBack(row: AppointmentRow): Promise<boolean> {
		return row.contact !== null && (await this.#takeBack(row, row.contact.id));
	}

	async #takeBack(row: AppointmentRow, contactId: string): Promise<boolean> {
		const { appointments } = this.#workspace;
		const before = this.#moves.get(contactId);
		const undone = await this.#inTurn(async () => {
			const back = before ? await appointments.undo(row.id, before) : null;
			// Moved back by other means, e.g. at another counter: the call is still to be taken back.
			const isBack = back === null || back.ok || isUnchanged(back.error);
			return isBack ? appointments.retractContact(row.id, contactId) : back;
		});
		if (!undone?.ok) return false;
		this.#moves.delete(contactId);
		toasts.show(before ? text.undoneWithMove(nameOf(row)) : text.undone(nameOf(row)), { variant: 'info' });
		return true;
	}

	/** Null: another one is under way. */
	async #inTurn<T>(act: () => Promise<Result<T, SaveError>>): Promise<Result<T, SaveError> | null> {
		if (this.busy) return null;
		this.busy = true;
		const done = await act();
		this.busy = false;
		this.failure = done.ok ? null : errorText(done.error);
		return done;
	}
}

const isUnchanged = (error: SaveError): boolean => error.type === 'refused' && error.rule === 'nothing-changed';
const nameOf = ({ name }: AppointmentRow): string => name || cancelText.withoutName;
