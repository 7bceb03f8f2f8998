/** Which appointment the day's list is to show, from wherever somebody asked; in memory alone, since ids stand in no address (record 35). */
import type { AppointmentId } from '$lib/domain/appointment';
import type { Workspace } from '$lib/services/workspace';

/** By the desk, which ends with the workspace: locking forgets it. */
const wanted = new WeakMap<Workspace['appointments'], AppointmentId>();
let asked = $state(0);

export function askToShow({ appointments }: Workspace, id: AppointmentId): void {
	wanted.set(appointments, id);
	asked++;
}

/** Once for each time it was asked for; a component that reads it hears of the next. */
export function takeAsked({ appointments }: Workspace): AppointmentId | null {
	void asked;
	const id = wanted.get(appointments) ?? null;
	wanted.delete(appointments);
	return id;
}
