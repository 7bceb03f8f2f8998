/** Changes of staff and keys, as `keyring-acts.ts` makes them: signed at one counter, on its disk before they count. */
import { addPerson, revokeDevice, rotateKey, withDataKeyBytes, type ActContext } from '$lib/crypto/keyring';
import type { DeviceId } from '$lib/domain/ids';
import type { Head } from '$lib/domain/operation-log';
import { quickStretch } from '../support/quick-stretch';
import { must } from '../support/test-space';
import type { Counter } from './counter';
import type { Person, Space } from './space';

const contextAt = (at: Counter): ActContext => ({
	state: at.keyring(),
	actor: { signer: at.opened.staffId, signingKey: at.opened.signingKey },
	recordedAt: 0
});

/** From now on everything is sealed under a new key. */
export async function rotateAt(at: Counter): Promise<void> {
	const { records } = must(await rotateKey(contextAt(at)));
	must(await at.keyringStore.addOwn(records));
	await at.followKeyring();
}

export async function addPersonAt(at: Counter, { spaceSecret }: Space, by: Person, name: string): Promise<void> {
	const added = must(
		await withDataKeyBytes(at.keyring(), by.staffId, by.password, spaceSecret, quickStretch, (dataKeyBytes) =>
			addPerson(contextAt(at), {
				name,
				role: 'clerk',
				password: name,
				stretch: quickStretch,
				dataKeyBytes,
				spaceSecret
			})
		)
	);
	must(await at.keyringStore.addOwn([must(added).record]));
	await at.followKeyring();
}

/** What comes later under its id counts nowhere. */
export async function revokeAt(at: Counter, deviceId: DeviceId, head: Head | undefined): Promise<void> {
	const last = { lastSequence: head?.sequence ?? 0, lastChainValue: head?.chainValue ?? new Uint8Array(32) };
	must(await at.keyringStore.addOwn([must(await revokeDevice(contextAt(at), { deviceId, ...last }))]));
	await at.followKeyring();
}
