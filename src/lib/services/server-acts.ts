/** Acts that need a server: laying the space onto one, and letting a device in by an Aufnahmecode. */
import { joinIds, newJoinCode, sealJoinPackage } from '$lib/crypto/join-package';
import { encodeJoinCode } from '$lib/crypto/printed-codes';
import { err, ok, type Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import { mayDo } from '$lib/domain/workplace';
import type { KeyringActPorts } from './keyring-acts';
import { originOf, serverAt } from './server-client';
import { serverErrorOf } from './server-error';
import type { UnlockError, Workspace } from './workspace';

export function createServerActs(
	ports: KeyringActPorts,
	prove: (ownPassword: string) => Promise<Result<void, UnlockError>>
): Pick<Workspace, 'createJoinCode' | 'addServer' | 'pauseServer' | 'removeServer'> {
	const { stores, identity } = ports;
	const mayManage = () => {
		const me = ports.keyring().people.get(ports.opened().staffId);
		return me !== undefined && mayDo(me.role, 'manage-devices');
	};
	const signer = { deviceId: identity.deviceId, deviceKey: ports.deviceKey };

	return {
		createJoinCode: async ({ origin, ownPassword, uses, validMs }) => {
			if (!mayManage()) return err({ type: 'not-allowed' });
			const proven = await prove(ownPassword);
			if (!proven.ok) return proven;
			const code = newJoinCode();
			const ids = await joinIds(code);
			const sealed = await sealJoinPackage(ids, {
				spaceId: identity.spaceId,
				spaceSecret: identity.spaceSecret,
				records: ports.keyring().records,
				origin,
				placeCode: identity.workplace.placeCode
			});
			const created = await serverAt(origin, signer).createJoinPackage(identity.spaceId, {
				packageId: ids.packageId,
				sealed,
				uses,
				validForMs: validMs
			});
			if (!created.ok) return err(serverErrorOf(created.error));
			const { groups, qrText } = encodeJoinCode(code, origin);
			const { expiresAt, clockOffsetMs } = created.value;
			return ok({ code: groups.join('-'), qrText, expiresAt: (expiresAt - clockOffsetMs) as Instant });
		},
		addServer: async (typed, code) => {
			if (!mayManage()) return err({ type: 'not-allowed' });
			const origin = originOf(typed);
			if (origin === null) return err({ type: 'not-our-server' });
			const founded = await serverAt(origin, signer).foundSpace({
				code,
				records: ports.keyring().records,
				deviceKeys: await stores.deviceKeys.list()
			});
			if (!founded.ok) return err(serverErrorOf(founded.error));
			const added = await stores.servers.add(origin);
			if (!added.ok) return err({ type: 'not-written', name: added.error.name });
			await ports.serversChanged();
			return ports.nameServer(origin, true);
		},
		pauseServer: async (origin, paused) => {
			if (!mayManage()) return err({ type: 'not-allowed' });
			const written = await stores.servers.pause(origin, paused);
			if (!written.ok) return err({ type: 'not-written', name: written.error.name });
			await ports.serversChanged();
			return ok(undefined);
		},
		removeServer: async (origin) => {
			if (!mayManage()) return;
			await stores.servers.remove(origin);
			await ports.serversChanged();
			await ports.nameServer(origin, false);
		}
	};
}
