/** Somebody changed the password while the key was rotated elsewhere: whoever may, passes the key on when unlocking. */
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { passKeysOn, withDataKeyBytes, type KeyringState, type OpenedPerson } from '$lib/crypto/keyring';
import type { Clock } from '$lib/domain/time';
import { mayDo } from '$lib/domain/workplace';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import type { DeviceStores } from './device-stores';

interface Ports {
	readonly stores: DeviceStores;
	readonly clock: Clock;
	readonly stretch: PasswordStretcher;
}

/** Nothing waits for it: what cannot be passed on now is passed on at the next unlocking of somebody who may. */
export async function passOnLackingKeys(
	{ stores, clock, stretch }: Ports,
	{ spaceSecret }: DeviceIdentity,
	keyring: KeyringState,
	opened: OpenedPerson,
	password: string
): Promise<void> {
	const me = keyring.people.get(opened.staffId);
	const isOpenHere = keyring.lackingKeys.some(({ keyId }) => opened.dataKeys.has(keyId));
	if (!isOpenHere || !me || !mayDo(me.role, 'manage-staff')) return;
	const passed = await withDataKeyBytes(keyring, me.staffId, password, spaceSecret, stretch, (dataKeyBytes, self) =>
		passKeysOn(
			{ state: keyring, actor: { signer: self.staffId, signingKey: self.signingKey }, recordedAt: clock.now() },
			{ dataKeyBytes }
		)
	);
	if (passed.ok && passed.value.ok) await stores.keyring.addOwn(passed.value.value);
}
