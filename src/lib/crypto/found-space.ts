/** Founding a space: its secret, its first data key, its founder, its Notfallblatt and the record that is its root. */
import { idFromBytes, type KeyId, type SpaceId, type StaffId } from '$lib/domain/ids';
import type { KeyringBody, KeyringRecord, Signer } from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import { randomBytes, wipe, type Bytes, type RandomBytes } from './bytes';
import { commitmentOf, importDataKey, newDataKey } from './data-key';
import { newKdf, type PasswordStretcher } from './key-derivation';
import { recordIdOf, writeRecord } from './keyring-codec';
import { FIRST_KEY_ID } from './keyring-view';
import type { OpenedPerson } from './keyring-open';
import { newHolderKeys, passwordWrappingKey, recoveryWrappingKey, wrapDataKey, type Holder } from './person-keys';
import { sign } from './signature';

export interface FoundInput {
	readonly commune: string;
	readonly ags: string | null;
	readonly founderName: string;
	readonly password: string;
	/** Device clock, ms; for display only. */
	readonly recordedAt: number;
	readonly stretch: PasswordStretcher;
	readonly random?: RandomBytes;
}

export interface FoundedSpace {
	readonly spaceId: SpaceId;
	readonly spaceSecret: Bytes;
	/** For the Notfallblatt: printed once, never kept; the caller overwrites it. */
	readonly recoveryKey: Bytes;
	readonly record: KeyringRecord;
	/** The founder, opened: no second stretching is needed. */
	readonly opened: OpenedPerson;
}

/** The founder is an admin. `malformed-record`: a name is empty, too long or holds control characters. */
export async function foundSpace(
	input: FoundInput
): Promise<Result<FoundedSpace, { readonly type: 'malformed-record' }>> {
	const random = input.random ?? randomBytes;
	const nonce = random(16);
	const spaceSecret = random(16);
	const recoveryKey = random(16);
	const dataKey = newDataKey(random);
	const staffId = idFromBytes<StaffId>(random(16));
	const keyId = FIRST_KEY_ID;
	const holder = { spaceNonce: nonce, signer: staffId };
	const kdf = newKdf(random(16));
	const founderKey = await passwordWrappingKey(holder, input.password, kdf, spaceSecret, input.stretch);
	const founder = await newHolderKeys(holder, founderKey, kdf, random);
	const sheet: Holder = { spaceNonce: nonce, signer: 'recovery' };
	const sheetKey = await recoveryWrappingKey(sheet, recoveryKey, spaceSecret);
	const recovery = await newHolderKeys(sheet, sheetKey, null, random);
	const wrap = (signer: Signer, ecdh: Uint8Array) =>
		wrapDataKey({ spaceNonce: nonce, signer }, ecdh, keyId, dataKey, random);

	const body: KeyringBody = {
		version: 1,
		spaceId: null,
		signer: staffId,
		recordedAt: input.recordedAt,
		seen: [],
		replaces: [],
		payload: {
			type: 'space-founded',
			commune: input.commune.normalize('NFC').trim(),
			ags: input.ags,
			founder: {
				staffId,
				name: input.founderName.normalize('NFC').trim(),
				role: 'admin',
				publicKeys: founder.publicKeys,
				wrappedKeys: founder.wrappedKeys,
				keyWraps: [await wrap(staffId, founder.publicKeys.ecdh)],
				mustChangePassword: false
			},
			recovery: {
				publicKeys: recovery.publicKeys,
				wrappedKeys: recovery.wrappedKeys,
				keyWraps: [await wrap('recovery', recovery.publicKeys.ecdh)]
			},
			key: { keyId, commitment: await commitmentOf(nonce, keyId, dataKey) },
			nonce
		}
	};
	const encoded = writeRecord(body);
	if (!encoded.ok) return err({ type: 'malformed-record' });
	const bytes = encoded.value;
	const recordId = await recordIdOf(bytes);
	const dataKeys = new Map<KeyId, CryptoKey>([[keyId, await importDataKey(dataKey)]]);
	wipe(dataKey);
	return ok({
		spaceId: recordId as string as SpaceId,
		spaceSecret,
		recoveryKey,
		record: { bytes, signature: await sign(founder.signingKey, bytes) },
		opened: {
			signer: staffId,
			staffId,
			entryId: recordId,
			mustChangePassword: false,
			signingKey: founder.signingKey,
			ecdhKey: founder.ecdhKey,
			ecdhPublic: founder.publicKeys.ecdh,
			dataKeys
		}
	});
}
