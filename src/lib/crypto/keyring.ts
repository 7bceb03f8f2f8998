/** The keyring: signed records of staff, keys and revoked devices. Start reading at `foldKeyring`, then `KeyringState`. */
export { foldKeyring, type FoldOptions } from './keyring-fold';
export type { KeptApart, KeyringState, LackingKey, Person, RejectReason, RevokedDevice } from './keyring-state';
export type { CredentialEntry } from './keyring-graph';
export { decodeRecord, encodeRecord, recordIdOf, type MalformedRecord } from './keyring-codec';
export { foundSpace, type FoundedSpace, type FoundInput } from './found-space';
export { addPerson, changePassword, changeRole, removePerson, resetPassword, revokeDevice } from './keyring-acts';
export { passKeysOn, renewRecovery, rotateKey } from './key-acts';
export type { Act, ActContext, ActError, Actor, NewPassword, PassingOn } from './sign-act';
export {
	openNewDataKeys,
	openPerson,
	openRecovery,
	withDataKeyBytes,
	withRecoveryDataKeyBytes,
	type OpenedPerson,
	type OpenedRecovery,
	type OpenPersonError,
	type OpenRecoveryError
} from './keyring-open';
