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
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock } from '$lib/domain/time';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import type { DeviceStores } from './device-stores';
import { unlockErrorOf } from './keyring-acts';
import type { SaveError, UnlockError } from './workspace';

interface SheetPorts {
	readonly clock: Clock;
	readonly stretch: PasswordStretcher;
}

export async function setPasswordByRecovery(
	{ stores, ...ports }: SheetPorts & { readonly stores: DeviceStores },
	{ spaceSecret }: DeviceIdentity,
	keyring: KeyringState,
	input: { readonly code: string; readonly staffId: StaffId; readonly newPassword: string }
): Promise<Result<OpenedPerson, UnlockError | SaveError>> {
	const recoveryKey = parseRecoveryKey(input.code);
	if (!recoveryKey.ok) return err({ type: 'malformed-code' });
	const reset = await resetBySheet(ports, keyring, { recoveryKey: recoveryKey.value, spaceSecret }, input);
	recoveryKey.value.fill(0);
	if (!reset.ok) return reset;
	const kept = await stores.keyring.addOwn([reset.value.record]);
	return kept.ok ? ok(reset.value.opened) : err({ type: 'not-written', name: kept.error.name });
}

/** The record of the new password, and the person opened with it; nothing is written. */
export async function resetBySheet(
	{ clock, stretch }: SheetPorts,
	keyring: KeyringState,
	{ recoveryKey, spaceSecret }: { readonly recoveryKey: Uint8Array; readonly spaceSecret: Uint8Array },
	{ staffId, newPassword }: { readonly staffId: StaffId; readonly newPassword: string }
): Promise<Result<{ readonly record: KeyringRecord; readonly opened: OpenedPerson }, UnlockError | SaveError>> {
	const lent = await withRecoveryDataKeyBytes(keyring, recoveryKey, spaceSecret, (dataKeyBytes, opened) =>
		resetPassword(
			{
				state: keyring,
				actor: { signer: 'recovery', signingKey: opened.signingKey },
				recordedAt: clock.now()
			},
			{ staffId, password: newPassword, mustChangePassword: false, dataKeyBytes, spaceSecret, stretch }
		)
	);
	if (!lent.ok) return err(lent.error);
	if (!lent.value.ok) return err({ type: 'not-allowed' });
	const record = lent.value.value;
	const renewed = await foldKeyring(keyring.spaceId, [...keyring.records, record]);
	const opened = await openPerson(renewed, staffId, newPassword, spaceSecret, stretch);
	return opened.ok ? ok({ record, opened: opened.value }) : err(unlockErrorOf(opened.error));
}
