/**
 * „An eine andere Adresse umziehen“: browsers keep data by address, so the data go over as a copy and get an identity of their own
 * there (decision 43). Here the device is closed, so that nobody goes on working where it is not looked for; nothing is deleted.
 */
import { err, ok, type Result } from '$lib/domain/result';
import { mayDo } from '$lib/domain/workplace';
import type { KeyringActPorts } from './keyring-acts';
import { originOf } from './server-client';
import type { UnlockError, Workspace } from './workspace';

export function createMoveAct(
	{ stores, identity, ...ports }: KeyringActPorts,
	prove: (ownPassword: string) => Promise<Result<void, UnlockError>>
): Pick<Workspace, 'moveTo'> {
	return {
		moveTo: async (typed, ownPassword) => {
			const me = ports.keyring().people.get(ports.opened().staffId);
			if (!me || !mayDo(me.role, 'manage-devices')) return err({ type: 'not-allowed' });
			const movedTo = originOf(typed);
			if (movedTo === null) return err({ type: 'not-our-server' });
			// However it is written: it would close this device and lead back to where it is closed.
			if (movedTo === ports.ownOrigin()) return err({ type: 'refused', rule: 'same-address' });
			const proven = await prove(ownPassword);
			if (!proven.ok) return proven;
			const closed = await stores.identity.update((now) =>
				now.deviceId === identity.deviceId ? { ...now, movedTo } : null
			);
			if (!closed.ok) return err({ type: 'not-written', name: closed.error.name });
			ports.lock();
			return ok(undefined);
		}
	};
}
