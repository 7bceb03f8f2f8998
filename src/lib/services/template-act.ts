/** „Als Vorlage zum Klonen abschließen“: the identity is taken off, so that no two copies of this device ever share one (SY15). */
import { err, ok, type Result } from '$lib/domain/result';
import { mayDo } from '$lib/domain/workplace';
import type { KeyringActPorts } from './keyring-acts';
import { WRITE_LOCK } from './record-operation';
import type { SaveError, UnlockError, Workspace } from './workspace';

export function createTemplateAct(
	{ stores, identity, ...ports }: KeyringActPorts,
	prove: (ownPassword: string) => Promise<Result<void, UnlockError>>
): Pick<Workspace, 'closeAsTemplate'> {
	const { deviceId } = identity;
	/** All that was written is common to the copies: none of them has to record anything again. */
	const takeOff = async (): Promise<Result<void, SaveError>> => {
		const head = await stores.log.ownHead(deviceId);
		await stores.log.stopWriting(deviceId, head.sequence);
		const closed = await stores.identity.update((now) =>
			now.deviceId === deviceId ? { ...now, isTemplate: true } : null
		);
		return closed.ok ? ok(undefined) : closed;
	};
	return {
		closeAsTemplate: async (ownPassword) => {
			const me = ports.keyring().people.get(ports.opened().staffId);
			if (!me || !mayDo(me.role, 'manage-devices')) return err({ type: 'not-allowed' });
			const proven = await prove(ownPassword);
			if (!proven.ok) return proven;
			const closed = await navigator.locks.request(WRITE_LOCK, takeOff);
			if (closed.ok) ports.lock();
			return closed;
		}
	};
}
