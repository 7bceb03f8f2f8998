/**
 * The Aufnahmedatei (`.notaufnahme`): a join package as a file in place of a server. It holds what a server would hold and no
 * more: the package's name, the sealed content, when it was made and for how long it is meant to be good (decision 39).
 */
import { bytesOfHex, hexOf } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import { MAX_SEALED_PACKAGE_BYTES } from './calls';
import { decodeMessage, encodeMessage, isBytes, isBytesUpTo, isCount, type Bytes } from './wire';

export interface JoinFile {
	/** 32 hex digits, as of a join package on a server. */
	readonly packageId: string;
	readonly sealed: Bytes;
	/** Clock of the device that made it, ms. */
	readonly madeAt: number;
	readonly validForMs: number;
}
export type JoinFileError = { readonly type: 'not-a-join-file' } | { readonly type: 'newer-join-file' };

const KIND = 'notschalter-join';
const VERSION = 1;
export const MAX_JOIN_FILE_BYTES = MAX_SEALED_PACKAGE_BYTES + 1024;

/** Deterministic CBOR, as all messages. */
export const encodeJoinFile = ({ packageId, sealed, madeAt, validForMs }: JoinFile): Bytes =>
	encodeMessage({ kind: KIND, version: VERSION, packageId: bytesOfHex(packageId), sealed, madeAt, validForMs });

/** From outside; never throws. */
export function parseJoinFile(bytes: Uint8Array): Result<JoinFile, JoinFileError> {
	const fields = decodeMessage(bytes, MAX_JOIN_FILE_BYTES);
	if (!fields.ok || fields.value.kind !== KIND) return err({ type: 'not-a-join-file' });
	const { version, packageId, sealed, madeAt, validForMs } = fields.value;
	if (isCount(version) && version > VERSION) return err({ type: 'newer-join-file' });
	if (version !== VERSION || !isBytes(packageId, 16) || !isBytesUpTo(sealed, MAX_SEALED_PACKAGE_BYTES))
		return err({ type: 'not-a-join-file' });
	if (typeof madeAt !== 'number' || !Number.isSafeInteger(madeAt) || !isCount(validForMs))
		return err({ type: 'not-a-join-file' });
	return ok({ packageId: hexOf(packageId), sealed, madeAt, validForMs });
}
