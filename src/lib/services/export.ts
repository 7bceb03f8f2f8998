/** Ways out: a lead takes open requests or appointments along, on paper or as a table; noted in the log before anything is handed out. */
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { openPerson, type KeyringState } from '$lib/crypto/keyring';
import { appointmentRow, type AppointmentId, type AppointmentView } from '$lib/domain/appointment';
import { idFromBytes, type StaffId } from '$lib/domain/ids';
import type { Decision, RequestView } from '$lib/domain/request';
import { err, type Result, ok } from '$lib/domain/result';
import { mayDo } from '$lib/domain/workplace';
import type { LockStore } from '$lib/storage/lock-store';
import type { Clock } from '$lib/domain/time';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import { unlockErrorOf } from './keyring-acts';
import { attemptPassword } from './password-attempts';
import type { SaveError, UnlockError, Workspace } from './workspace';

export interface ExportPorts {
	readonly identity: DeviceIdentity;
	readonly staffId: StaffId;
	readonly stretch: PasswordStretcher;
	readonly lock: LockStore;
	readonly clock: Clock;
	keyring(): KeyringState;
	record(decided: readonly Decision[], draftId: string | null): Promise<Result<void, SaveError>>;
	openRequests(): Promise<readonly RequestView[]>;
	appointment(id: AppointmentId): Promise<AppointmentView | null>;
}

/** All open requests, in full. */
export const createExport =
	(ports: ExportPorts): Workspace['exportOpenRequests'] =>
	({ medium, ownPassword }) =>
		handOut(ports, medium, ownPassword, ports.openRequests);

/** Of the appointments that are asked for those that are here, with all that letters and mails need. */
export const createAppointmentExport =
	(ports: ExportPorts): Workspace['exportAppointments'] =>
	({ ids, ownPassword }) =>
		handOut(ports, 'csv', ownPassword, async () => {
			const views = await Promise.all(ids.map(ports.appointment));
			return views.flatMap((view) => (view ? [appointmentRow(view)] : []));
		});

/** Role and password first, then the note in the log, and only then what was asked for. */
async function handOut<T>(
	ports: ExportPorts,
	medium: 'csv' | 'print',
	ownPassword: string,
	read: () => Promise<readonly T[]>
): Promise<Result<readonly T[], UnlockError | SaveError>> {
	const { staffId, identity, stretch } = ports;
	const me = ports.keyring().people.get(staffId);
	if (!me || !mayDo(me.role, 'export')) return err({ type: 'not-allowed' });
	const proven = await attemptPassword(ports.lock, ports.clock, () =>
		openPerson(ports.keyring(), staffId, ownPassword, identity.spaceSecret, stretch)
	);
	if (!proven.ok) return err(unlockErrorOf(proven.error));
	const things = await read();
	const noted = await ports.record(
		[
			{
				type: 'requests-exported',
				subjectId: idFromBytes(crypto.getRandomValues(new Uint8Array(16))),
				body: { medium, count: things.length, changes: {} }
			}
		],
		null
	);
	return noted.ok ? ok(things) : noted;
}
