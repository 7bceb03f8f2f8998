/** A way out: a lead takes all open requests along, on paper or as a table; noted in the log before anything is handed out. */
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { openPerson, type KeyringState } from '$lib/crypto/keyring';
import { idFromBytes, type StaffId } from '$lib/domain/ids';
import type { Decision, RequestView } from '$lib/domain/request';
import { err, type Result, ok } from '$lib/domain/result';
import { mayDo } from '$lib/domain/workplace';
import type { LockStore } from '$lib/storage/lock-store';
import type { Clock } from '$lib/domain/time';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import { unlockErrorOf } from './keyring-acts';
import { attemptPassword } from './password-attempts';
import type { SaveError, Workspace } from './workspace';

interface ExportPorts {
	readonly identity: DeviceIdentity;
	readonly staffId: StaffId;
	readonly stretch: PasswordStretcher;
	readonly lock: LockStore;
	readonly clock: Clock;
	keyring(): KeyringState;
	record(decided: readonly Decision[], draftId: string | null): Promise<Result<void, SaveError>>;
	openRequests(): Promise<readonly RequestView[]>;
}

export const createExport =
	(ports: ExportPorts): Workspace['exportOpenRequests'] =>
	async ({ medium, ownPassword }) => {
		const { staffId, identity, stretch } = ports;
		const me = ports.keyring().people.get(staffId);
		if (!me || !mayDo(me.role, 'export')) return err({ type: 'not-allowed' });
		const proven = await attemptPassword(ports.lock, ports.clock, () =>
			openPerson(ports.keyring(), staffId, ownPassword, identity.spaceSecret, stretch)
		);
		if (!proven.ok) return err(unlockErrorOf(proven.error));
		const requests = await ports.openRequests();
		const noted = await ports.record(
			[
				{
					type: 'requests-exported',
					subjectId: idFromBytes(crypto.getRandomValues(new Uint8Array(16))),
					body: { medium, count: requests.length, changes: {} }
				}
			],
			null
		);
		return noted.ok ? ok(requests) : noted;
	};
