/** What is done at the day's list: one act after the other, what went wrong, and the last one with its way back. */
import type { AppointmentId, AppointmentPath, AppointmentRow, BeforeStep, Step } from '$lib/domain/appointment';
import { rowsOfDay, waitingInOrder } from '$lib/domain/day-list';
import type { JsonValue } from '$lib/domain/operation';
import type { Result } from '$lib/domain/result';
import type { SaveError, Workspace } from '$lib/services/workspace';
import { dayText as text } from '../text/appointment-day';
import { appointmentStatusText } from '../text/appointments';
import { errorText } from '../text/errors';
import { clockTime } from '../text/local-time';
import { today } from './now.svelte';

interface LastAct {
	readonly id: AppointmentId;
	readonly before: BeforeStep;
	/** What was done, and with whom. */
	readonly words: string;
}

export class DaySteps {
	failure = $state<string | null>(null);
	last = $state.raw<LastAct | null>(null);
	readonly #workspace: Workspace;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
	}

	/** Keys come faster than a disk writes: each act begins when the one before is done, and sees what it left. */
	inTurn(act: () => Promise<unknown>): void {
		this.#turn = this.#turn.then(act, act);
	}

	/** For the row that it is pressed at: when its turn comes, another one may be chosen. */
	stepInTurn(row: AppointmentRow, kind: Step): void {
		this.inTurn(() => this.step(row, kind));
	}

	settleInTurn(row: AppointmentRow, path: AppointmentPath, value: JsonValue): void {
		this.inTurn(async () => this.#tell(await this.#workspace.appointments.settle(row.id, path, value)));
	}

	/** True when it is on the disk. */
	async step(row: AppointmentRow, kind: Step): Promise<boolean> {
		const stepped = await this.#workspace.appointments.step(row.id, kind);
		this.#tell(stepped);
		if (stepped.ok) this.#remember(row, stepped.value);
		return stepped.ok;
	}

	/** Who is next is called; null: nobody waits, or it was not saved. */
	async callNext(): Promise<AppointmentRow | 'nobody' | null> {
		const [next] = waitingInOrder(rowsOfDay(this.#workspace.view.appointments, today()), clockTime);
		if (!next) return 'nobody';
		return (await this.step(next, 'call')) ? next : null;
	}

	/** Null: there is nothing to take back, or it was not saved, and then it may be tried again. */
	async undo(): Promise<AppointmentId | null> {
		if (!this.last) return null;
		const { id, before } = this.last;
		const undone = await this.#workspace.appointments.undo(id, before);
		this.#tell(undone);
		if (!undone.ok) return null;
		this.last = null;
		return id;
	}

	/** Gives back a sentence when it did not work, for the dialog that asked for the reason. */
	async cancel(row: AppointmentRow, reason: string): Promise<string | null> {
		const cancelled = await this.#workspace.appointments.cancel([row.id], reason);
		if (!cancelled.ok) return errorText(cancelled.error);
		const before = cancelled.value.get(row.id);
		if (before) this.#remember(row, before);
		return null;
	}

	#tell(result: Result<unknown, SaveError>): void {
		this.failure = result.ok ? null : errorText(result.error);
	}

	#remember(row: AppointmentRow, before: BeforeStep): void {
		const now = this.#workspace.view.appointments.find(({ id }) => id === row.id) ?? row;
		this.last = { id: row.id, before, words: text.stepped(now, appointmentStatusText[now.status]) };
	}
}
