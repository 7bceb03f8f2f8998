/** The appointment a request is about to be taken for, between the list and the form; held by the workspace's life, so that locking forgets it. */
import type { AppointmentRow } from '$lib/domain/appointment';
import type { Workspace } from '$lib/services/workspace';

const handedOver = new WeakMap<Workspace, AppointmentRow>();

export const handOver = (workspace: Workspace, row: AppointmentRow): void => void handedOver.set(workspace, row);
export const handedOverIn = (workspace: Workspace): AppointmentRow | null => handedOver.get(workspace) ?? null;
export const takeBack = (workspace: Workspace): void => void handedOver.delete(workspace);
