/** The appointment a request is about to be taken for, between the list and the form; held by the workspace's life, so that locking forgets it. */
import type { AppointmentRow } from '$lib/domain/appointment';
import type { AppointmentDesk } from '$lib/services/appointment-desk';
import type { Workspace } from '$lib/services/workspace';

/** Each component follows the workspace by an object of its own; the desk is the same for all. */
const handedOver = new WeakMap<AppointmentDesk, AppointmentRow>();

export const handOver = ({ appointments }: Workspace, row: AppointmentRow): void =>
	void handedOver.set(appointments, row);
export const handedOverIn = ({ appointments }: Workspace): AppointmentRow | null =>
	handedOver.get(appointments) ?? null;
export const takeBack = ({ appointments }: Workspace): void => void handedOver.delete(appointments);
