/** Steps at the day's list: one after the other, and the last one's way back is there until it was gone. */
import { expect, it, vi } from 'vitest';
import { err, ok } from '$lib/domain/result';
import type { AppointmentDesk } from '$lib/services/appointment-desk';
import type { Workspace } from '$lib/services/workspace';
import { DaySteps } from '$lib/ui/state/day-steps.svelte';
import { anAppointment } from '../../../support/invented-appointments';

const row = anAppointment(1);
const before = { status: 'confirmed' };

function atTheList(over: Partial<AppointmentDesk> = {}) {
	const appointments = { step: vi.fn(async () => ok(before)), undo: vi.fn(async () => ok(undefined)), ...over };
	return { appointments, steps: new DaySteps({ appointments, view: { appointments: [row] } } as unknown as Workspace) };
}

it('keeps the way back when taking back was not saved, and says so', async () => {
	const undo = vi.fn<AppointmentDesk['undo']>();
	undo
		.mockResolvedValueOnce(err({ type: 'not-written', name: 'QuotaExceededError' }))
		.mockResolvedValueOnce(ok(undefined));
	const { steps } = atTheList({ undo });
	await steps.step(row, 'miss');
	expect(await steps.undo()).toBeNull();
	expect(steps.failure).toMatch(/^Es konnte nicht gespeichert werden/);
	expect(steps.last).toMatchObject({ id: row.id, before });
	expect(await steps.undo()).toBe(row.id);
	expect(steps).toMatchObject({ failure: null, last: null });
	expect(await steps.undo()).toBeNull();
	expect(undo).toHaveBeenCalledTimes(2);
});

it('begins an act when the one before is done', async () => {
	const { steps } = atTheList();
	const done: string[] = [];
	let finish: () => void = () => undefined;
	steps.inTurn(() => new Promise<void>((resolve) => (finish = resolve)).then(() => void done.push('first')));
	const second = new Promise<void>((resolve) =>
		steps.inTurn(async () => {
			done.push('second');
			resolve();
		})
	);
	await Promise.resolve();
	finish();
	await second;
	expect(done).toEqual(['first', 'second']);
});

it('calls nobody when nobody waits', async () => {
	const { steps, appointments } = atTheList();
	expect(await steps.callNext()).toBe('nobody');
	expect(appointments.step).not.toHaveBeenCalled();
});
