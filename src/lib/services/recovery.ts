/** The Notfallblatt opens: a new password for one person, who is then unlocked. */
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import {
	foldKeyring,
	openPerson,
	resetPassword,
	withRecoveryDataKeyBytes,
	type KeyringState,
	type OpenedPerson
} from '$lib/crypto/keyring';
import { parseRecoveryKey } from '$lib/crypto/printed-codes';
import type { StaffId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock } from '$lib/domain/time';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import type { DeviceStores } from './device-stores';
import type { SaveError, UnlockError } from './workspace';

interface RecoveryPorts {
	readonly stores: DeviceStores;
	readonly clock: Clock;
	readonly stretch: PasswordStretcher;
}

export async function setPasswordByRecovery(
	{ stores, clock, stretch }: RecoveryPorts,
	identity: DeviceIdentity,
	keyring: KeyringState,
	input: { readonly code: string; readonly staffId: StaffId; readonly newPassword: string }
): Promise<Result<OpenedPerson, UnlockError | SaveError>> {
	const { spaceId, spaceSecret } = identity;
	const recoveryKey = parseRecoveryKey(input.code);
	if (!recoveryKey.ok) return err({ type: 'malformed-code' });
	const { staffId, newPassword } = input;
	const lent = await withRecoveryDataKeyBytes(keyring, recoveryKey.value, spaceSecret, (dataKeyBytes, opened) =>
		resetPassword(
			{
				state: keyring,
				actor: { signer: 'recovery', signingKey: opened.signingKey },
				recordedAt: clock.now()
			},
			{ staffId, password: newPassword, mustChangePassword: false, dataKeyBytes, spaceSecret, stretch }
		)
	);
	recoveryKey.value.fill(0);
	if (!lent.ok) return err(lent.error);
	if (!lent.value.ok) return err({ type: 'not-allowed' });
	const kept = await stores.keyring.addOwn([lent.value.value]);
	if (!kept.ok) return err({ type: 'not-written', name: kept.error.name });
	const renewed = await foldKeyring(spaceId, await stores.keyring.loadRecords());
	const opened = await openPerson(renewed, staffId, newPassword, spaceSecret, stretch);
	return opened.ok
		? ok(opened.value)
		: err(opened.error.type === 'wrong-password' ? { type: 'wrong-password', waitMs: 0 } : opened.error);
}
