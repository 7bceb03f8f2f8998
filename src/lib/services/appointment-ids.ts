/** Ids of appointments that were read in: made of the booking system's own key, so that two counters that read one export make the same. */
import { idFromBytes, type SpaceId } from '$lib/domain/ids';
import type { AppointmentId } from '$lib/domain/appointment';
import type { ImportedAppointment } from '$lib/domain/appointment-import';
import type { IncomingAppointment } from '$lib/domain/appointment-intake';

const encoder = new TextEncoder();

/** First 128 bits of SHA-256 over space and key. Never in clear anywhere: a key made of a name could be guessed. */
export async function appointmentIdOf(spaceId: SpaceId, key: string): Promise<AppointmentId> {
	const hash = await crypto.subtle.digest('SHA-256', encoder.encode(`appointment\n${spaceId}\n${key}`));
	return idFromBytes<AppointmentId>(new Uint8Array(hash));
}

export const withIds = (spaceId: SpaceId, entries: readonly ImportedAppointment[]): Promise<IncomingAppointment[]> =>
	Promise.all(entries.map(async (entry) => ({ id: await appointmentIdOf(spaceId, entry.key), entry })));
