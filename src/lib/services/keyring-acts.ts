/** Acts of people who may: staff, devices, keys, the Notfallblatt. Each is one signed record, on the disk before it counts. */
import {
	addPerson,
	changePassword,
	changeRole,
	openPerson,
	removePerson,
	renewRecovery,
	resetPassword,
	revokeDevice,
	rotateKey,
	withDataKeyBytes,
	type ActContext,
	type ActError,
	type KeyringState,
	type OpenedPerson,
	type PassingOn
} from '$lib/crypto/keyring';
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { encodeEmergencySheet } from '$lib/crypto/printed-codes';
import type { DeviceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Heads } from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock } from '$lib/domain/time';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import type { DeviceStores } from './device-stores';
import { attemptPassword } from './password-attempts';
import { createMoveAct } from './move-act';
import { createServerActs } from './server-acts';
import { createTemplateAct } from './template-act';
import type { EmergencySheet, SaveError, UnlockError, Workspace } from './workspace';

export type KeyringActs = Pick<
	Workspace,
	| 'addStaff'
	| 'changeOwnPassword'
	| 'resetPassword'
	| 'changeRole'
	| 'removeStaff'
	| 'revokeDevice'
	| 'renewEmergencySheet'
	| 'createJoinCode'
	| 'createJoinFile'
	| 'addServer'
	| 'pauseServer'
	| 'removeServer'
	| 'closeAsTemplate'
	| 'moveTo'
>;

export interface KeyringActPorts {
	readonly stores: DeviceStores;
	readonly clock: Clock;
	readonly identity: DeviceIdentity;
	readonly stretch: PasswordStretcher;
	readonly deviceKey: CryptoKey;
	opened(): OpenedPerson;
	keyring(): KeyringState;
	heads(): Heads;
	/** Devices that have joined, as far as is known here: nobody else is vouched for. */
	members(): ReadonlySet<DeviceId>;
	/** Records are on the disk: fold them, tell other windows and servers. */
	changed(): Promise<void>;
	/** Own keys changed with the password. */
	reopened(opened: OpenedPerson): Promise<void>;
	serversChanged(): Promise<void>;
	/** Where the app is open here. */
	ownOrigin(): string;
	/** Tells every counter of a server of the space, or that it is one no more. */
	nameServer(origin: string, named: boolean): Promise<Result<void, SaveError>>;
	/** Forgets keys and state in all windows. */
	lock(): void;
}

export function createKeyringActs(ports: KeyringActPorts): KeyringActs {
	const { stores, clock, identity, stretch } = ports;
	const { spaceSecret } = identity;

	const contextOf = (opened: OpenedPerson): ActContext => ({
		state: ports.keyring(),
		actor: { signer: opened.staffId, signingKey: opened.signingKey },
		recordedAt: clock.now()
	});
	const context = (): ActContext => contextOf(ports.opened());

	const keep = async (records: readonly KeyringRecord[]): Promise<Result<void, SaveError>> => {
		const kept = await stores.keyring.addOwn(records);
		if (!kept.ok) return err({ type: 'not-written', name: kept.error.name });
		await ports.changed();
		return ok(undefined);
	};

	/** For acts that need no key as bytes. */
	const act = async <T>(
		done: Promise<Result<T, ActError>>,
		recordsOf: (value: T) => readonly KeyringRecord[]
	): Promise<Result<T, SaveError>> => {
		const made = await done;
		if (!made.ok) return err(saveErrorOf(made.error));
		const kept = await keep(recordsOf(made.value));
		return kept.ok ? made : kept;
	};

	/** For acts that pass a key on: the password again, the key as bytes for this act alone, signed with what just opened. */
	const actWithKeys = async <T>(
		ownPassword: string,
		make: (context: ActContext, passing: PassingOn) => Promise<Result<T, ActError>>,
		recordsOf: (value: T) => readonly KeyringRecord[]
	): Promise<Result<T, UnlockError | SaveError>> => {
		const { staffId } = ports.opened();
		const lent = await attemptPassword(stores.lock, clock, () =>
			withDataKeyBytes(ports.keyring(), staffId, ownPassword, spaceSecret, stretch, (dataKeyBytes, opened) =>
				make(contextOf(opened), { dataKeyBytes, spaceSecret })
			)
		);
		if (!lent.ok) return err(unlockErrorOf(lent.error));
		return act(Promise.resolve(lent.value), recordsOf);
	};

	/** The password again, where no key is passed on but the act weighs as much. */
	const prove = async (ownPassword: string): Promise<Result<void, UnlockError>> => {
		const { staffId } = ports.opened();
		const proven = await attemptPassword(stores.lock, clock, () =>
			openPerson(ports.keyring(), staffId, ownPassword, spaceSecret, stretch)
		);
		return proven.ok ? ok(undefined) : err(unlockErrorOf(proven.error));
	};

	/** A change of keys after somebody or something is shut out. */
	const rotateAfter = async (
		shutOut: () => Promise<Result<KeyringRecord, ActError>>,
		rotate: { readonly ownPassword: string } | null
	): Promise<Result<void, UnlockError | SaveError>> => {
		if (rotate) {
			const proven = await prove(rotate.ownPassword);
			if (!proven.ok) return proven;
		}
		const done = await act(shutOut(), (record) => [record]);
		if (!done.ok || !rotate) return done.ok ? ok(undefined) : done;
		const rotated = await act(rotateKey(context()), (value) => value.records);
		return rotated.ok ? ok(undefined) : rotated;
	};

	const only = (record: KeyringRecord) => [record];
	const discard = <T, E>(result: Result<T, E>): Result<void, E> => (result.ok ? ok(undefined) : result);

	return {
		addStaff: async ({ name, role, firstPassword, ownPassword }) =>
			discard(
				await actWithKeys(
					ownPassword,
					(by, passing) => addPerson(by, { ...passing, name, role, password: firstPassword, stretch }),
					(value) => [value.record]
				)
			),
		changeOwnPassword: async (oldPassword, newPassword) => {
			const changed = await actWithKeys(
				oldPassword,
				(by, passing) => changePassword(by, { ...passing, password: newPassword, stretch }),
				only
			);
			if (!changed.ok) return changed;
			const { staffId } = ports.opened();
			const again = await openPerson(ports.keyring(), staffId, newPassword, spaceSecret, stretch);
			if (!again.ok) return err(unlockErrorOf(again.error));
			// The new entry has opened here, so that the old password is of no use any more.
			await stores.keyring.noteOpened(staffId, again.value.entryId);
			await ports.reopened(again.value);
			return ok(undefined);
		},
		resetPassword: async (staffId, firstPassword, ownPassword) =>
			discard(
				await actWithKeys(
					ownPassword,
					(by, passing) =>
						resetPassword(by, {
							...passing,
							staffId,
							mustChangePassword: ports.keyring().people.get(staffId)?.role !== 'feed',
							password: firstPassword,
							stretch
						}),
					only
				)
			),
		changeRole: async (staffId, role) => discard(await act(changeRole(context(), { staffId, role }), only)),
		removeStaff: (staffId, rotate) => rotateAfter(() => removePerson(context(), { staffId }), rotate),
		revokeDevice: (deviceId, rotate) => {
			const head = ports.heads().get(deviceId);
			const last = { lastSequence: head?.sequence ?? 0, lastChainValue: head?.chainValue ?? new Uint8Array(32) };
			return rotateAfter(() => revokeDevice(context(), { deviceId, ...last }), rotate);
		},
		renewEmergencySheet: async (ownPassword) => {
			const renewed = await actWithKeys(
				ownPassword,
				(by, passing) => renewRecovery(by, passing),
				(value) => [value.record]
			);
			if (!renewed.ok) return renewed;
			const sheet = emergencySheetOf(ports.keyring(), identity, renewed.value.recoveryKey, clock);
			renewed.value.recoveryKey.fill(0);
			return ok(sheet);
		},
		...createServerActs(ports, prove),
		...createTemplateAct(ports, prove),
		...createMoveAct(ports, prove)
	};
}

export function emergencySheetOf(
	{ commune }: Pick<KeyringState, 'commune'>,
	{ spaceId, spaceSecret }: Pick<DeviceIdentity, 'spaceId' | 'spaceSecret'>,
	recoveryKey: Uint8Array,
	clock: Clock
): EmergencySheet {
	const { recoveryGroups, spaceGroups, qrText } = encodeEmergencySheet({ recoveryKey, spaceId, spaceSecret });
	return { commune, groups: recoveryGroups, spaceGroups, qrText, spaceId, createdAt: clock.now() };
}

const saveErrorOf = (error: ActError): SaveError =>
	error.type === 'not-allowed' ? { type: 'not-allowed' } : { type: 'refused', rule: 'malformed-name' };

/** Errors of opening as the screens tell them. */
export const unlockErrorOf = (
	error:
		Exclude<UnlockError, { type: 'wrong-password' }> | { readonly type: 'wrong-password'; readonly waitMs?: number }
): UnlockError => (error.type === 'wrong-password' ? { type: 'wrong-password', waitMs: error.waitMs ?? 0 } : error);
