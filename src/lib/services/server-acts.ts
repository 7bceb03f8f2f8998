/** Letting a device in by an Aufnahmecode, over a server or by a file, and laying the space onto a server. */
import { joinIds, newJoinCode, sealJoinPackage } from '$lib/crypto/join-package';
import { encodeJoinCode } from '$lib/crypto/printed-codes';
import { err, ok, type Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import { mayDo } from '$lib/domain/workplace';
import { encodeJoinFile } from '$lib/sync/join-file';
import { fileStamp } from './file-stamp';
import type { KeyringActPorts } from './keyring-acts';
import { originOf, serverAt } from './server-client';
import { serverErrorOf } from './server-error';
import type { UnlockError, Workspace } from './workspace';

/** As long as a code for one device is good on a server. */
const JOIN_FILE_VALID_MS = 15 * 60_000;

export function createServerActs(
	ports: KeyringActPorts,
	prove: (ownPassword: string) => Promise<Result<void, UnlockError>>
): Pick<Workspace, 'createJoinCode' | 'createJoinFile' | 'addServer' | 'pauseServer' | 'removeServer'> {
	const { stores, identity } = ports;
	const mayManage = () => {
		const me = ports.keyring().people.get(ports.opened().staffId);
		return me !== undefined && mayDo(me.role, 'manage-devices');
	};
	const signer = { deviceId: identity.deviceId, deviceKey: ports.deviceKey };

	const newPackage = async (origin: string) => {
		const code = newJoinCode();
		const ids = await joinIds(code);
		const sealed = await sealJoinPackage(ids, {
			spaceId: identity.spaceId,
			spaceSecret: identity.spaceSecret,
			records: ports.keyring().records,
			origin,
			placeCode: identity.workplace.placeCode
		});
		return { code, ids, sealed };
	};

	return {
		createJoinFile: async (ownPassword) => {
			if (!mayManage()) return err({ type: 'not-allowed' });
			const proven = await prove(ownPassword);
			if (!proven.ok) return proven;
			// The new device is told of the first server: it may call there as soon as another device has vouched for it.
			const [server] = await stores.servers.list();
			const { code, ids, sealed } = await newPackage(server?.origin ?? '');
			const madeAt = ports.clock.now();
			const file = encodeJoinFile({ packageId: ids.packageId, sealed, madeAt, validForMs: JOIN_FILE_VALID_MS });
			return ok({
				code: encodeJoinCode(code, '').groups.join('-'),
				name: `Notschalter-Aufnahme-${fileStamp(madeAt)}.notaufnahme`,
				content: new Blob([file]),
				expiresAt: (madeAt + JOIN_FILE_VALID_MS) as Instant
			});
		},
		createJoinCode: async ({ origin, ownPassword, uses, validMs }) => {
			if (!mayManage()) return err({ type: 'not-allowed' });
			const proven = await prove(ownPassword);
			if (!proven.ok) return proven;
			const { code, ids, sealed } = await newPackage(origin);
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
			const members = ports.members();
			const founded = await serverAt(origin, signer).foundSpace({
				code,
				records: ports.keyring().records,
				deviceKeys: (await stores.deviceKeys.list()).filter(({ deviceId }) => members.has(deviceId))
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
			if (!mayManage()) return err({ type: 'not-allowed' });
			const removed = await stores.servers.remove(origin);
			if (!removed.ok) return err({ type: 'not-written', name: removed.error.name });
			await ports.serversChanged();
			// Once more does no harm: what is removed already stays so, and the other counters are told then.
			return ports.nameServer(origin, false);
		}
	};
}
