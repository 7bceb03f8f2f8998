/** What all acts on the keyring share: who acts, what they take, and how a record is made, judged and signed. */
import type { KeyId, RecordId } from '$lib/domain/ids';
import {
	type KeyringBody,
	type KeyringPayload,
	type KeyringRecord,
	type KeyWrap,
	type Signer
} from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import type { RandomBytes } from './bytes';
import type { PasswordStretcher } from './key-derivation';
import { writeRecord } from './keyring-codec';
import type { KeyringState } from './keyring-state';
import { wrapDataKey } from './person-keys';
import { sign } from './signature';

/** Who acts: an opened person, or the opened Notfallblatt. */
export interface Actor {
	readonly signer: Signer;
	readonly signingKey: CryptoKey;
}
export interface ActContext {
	readonly state: KeyringState;
	readonly actor: Actor;
	/** Device clock, ms; for display only. */
	readonly recordedAt: number;
	readonly random?: RandomBytes;
}
/** What passing keys on takes; the bytes come from `withDataKeyBytes` and live for one act. */
export interface PassingOn {
	readonly dataKeyBytes: ReadonlyMap<KeyId, Uint8Array>;
	readonly spaceSecret: Uint8Array;
}
export interface NewPassword extends PassingOn {
	readonly password: string;
	readonly stretch: PasswordStretcher;
}

export type ActError =
	/** Nobody would heed it: the actor lacks the right, was removed meanwhile, or was opened by a password changed since. */
	| { readonly type: 'not-allowed' }
	/** A name is empty, too long or holds control characters; or the record is over its limit. */
	| { readonly type: 'malformed-record' };
export type Act<T = KeyringRecord> = Promise<Result<T, ActError>>;

/** Wraps every given data key to one holder. */
export const wrapAll = (
	{ spaceNonce }: KeyringState,
	signer: Signer,
	ecdhPublic: Uint8Array,
	dataKeyBytes: ReadonlyMap<KeyId, Uint8Array>,
	random: RandomBytes
): Promise<KeyWrap[]> =>
	Promise.all(
		[...dataKeyBytes].map(([keyId, bytes]) => wrapDataKey({ spaceNonce, signer }, ecdhPublic, keyId, bytes, random))
	);

const MAX_SEEN = 200;

/** Makes the record, which has seen all tips; refused here if others would refuse it. */
export async function signAct(context: ActContext, payload: KeyringPayload, replaces: readonly RecordId[] = []): Act {
	const { state, actor, recordedAt } = context;
	const body: KeyringBody = {
		version: 1,
		spaceId: state.spaceId,
		signer: actor.signer,
		recordedAt,
		seen: state.tips.slice(0, MAX_SEEN),
		replaces,
		payload
	};
	if (!state.allows(body)) return err({ type: 'not-allowed' });
	const written = writeRecord(body);
	if (!written.ok) return err({ type: 'malformed-record' });
	const record = { bytes: written.value, signature: await sign(actor.signingKey, written.value) };
	return (await state.isSignedNow(record, actor.signer)) ? ok(record) : err({ type: 'not-allowed' });
}
