/** A way out: a lead takes all open requests along, on paper or as a table; noted in the log before anything is handed out. */
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { openPerson, type KeyringState } from '$lib/crypto/keyring';
import { idFromBytes, type StaffId } from '$lib/domain/ids';
import type { Decision, RequestView } from '$lib/domain/request';
import { err, type Result, ok } from '$lib/domain/result';
import { mayDo } from '$lib/domain/workplace';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import type { SaveError, Workspace } from './workspace';

interface ExportPorts {
	readonly identity: DeviceIdentity;
	readonly staffId: StaffId;
	readonly stretch: PasswordStretcher;
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
		const proven = await openPerson(ports.keyring(), staffId, ownPassword, identity.spaceSecret, stretch);
		if (!proven.ok)
			return err(proven.error.type === 'wrong-password' ? { type: 'wrong-password', waitMs: 0 } : proven.error);
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
