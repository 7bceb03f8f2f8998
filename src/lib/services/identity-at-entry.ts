/** Which identity a person enters with: the one that is here, or a new one where that was given up (SY15). */
import type { KeyringState, OpenedPerson } from '$lib/crypto/keyring';
import { ok, type Result } from '$lib/domain/result';
import type { Clock, ClockOffset } from '$lib/domain/time';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import { writeMarker } from './device-marker';
import type { DeviceStores } from './device-stores';
import { mustBeginAnew, takeNewIdentity } from './new-identity';
import { createPersonKeys } from './person-keys';
import type { WriteTurn } from './record-operation';
import type { SaveError } from './workspace';

export interface EntryPorts {
	readonly stores: Pick<DeviceStores, 'log' | 'identity' | 'deviceKeys'>;
	readonly clock: Clock;
	readonly clockOffset: ClockOffset | null;
	loadKeyring(): Promise<KeyringState>;
	/** Asks what the counter is called at which this clone of a template stands; null: somebody has locked meanwhile. */
	nameCounter(identity: DeviceIdentity): Promise<string | null>;
	readonly inWriteTurn?: WriteTurn;
	readonly mark?: typeof writeMarker;
}

/** Null: locked before it was decided. */
export async function identityAtEntry(
	{ stores, clock, clockOffset, loadKeyring, nameCounter, inWriteTurn, mark = writeMarker }: EntryPorts,
	identity: DeviceIdentity,
	person: OpenedPerson
): Promise<Result<DeviceIdentity | null, SaveError>> {
	if (!(await mustBeginAnew(stores, identity))) return ok(identity);
	const isAsked = identity.isTemplate === true && identity.next === undefined;
	const counter = isAsked ? await nameCounter(identity) : identity.workplace.counter;
	if (counter === null) return ok(null);
	const keys = await createPersonKeys(identity.spaceId, person, await loadKeyring());
	return takeNewIdentity(
		{
			...stores,
			clock,
			randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
			inWriteTurn,
			writeMarker: ({ deviceId, createdAt }, sequence) => mark({ deviceId, incarnation: createdAt, sequence })
		},
		{
			staffId: person.staffId,
			signingKey: person.signingKey,
			keysById: new Map(keys.all().map((one) => [one.keyId, one])),
			currentKeys: keys.current(),
			loadKeyring,
			clockOffset
		},
		counter
	);
}
