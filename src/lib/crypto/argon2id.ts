/** Argon2id by hash-wasm. Kept apart from the port, so that only the worker carries the WebAssembly. */
import { argon2id as compute } from 'hash-wasm';
import type { KdfParameters } from '$lib/domain/keyring-record';
import type { Bytes } from './bytes';
import { checkKdf, passwordBytes, STRETCHED_BYTES, type PasswordStretcher } from './key-derivation';

/** Stretches bytes and overwrites them. Throws on parameters outside the bounds: callers have checked them. */
export async function stretchBytes(password: Bytes, kdf: KdfParameters): Promise<Bytes> {
	if (!checkKdf(kdf).ok) throw new Error('argon2id: parameters were not checked');
	try {
		const stretched = await compute({
			password,
			salt: kdf.salt,
			memorySize: kdf.memoryKiB,
			iterations: kdf.iterations,
			parallelism: kdf.parallelism,
			hashLength: STRETCHED_BYTES,
			outputType: 'binary'
		});
		return new Uint8Array(stretched);
	} finally {
		password.fill(0);
	}
}

/** The stretcher where there is no page to keep alive: Node, tests, inside a worker. */
export const argon2id: PasswordStretcher = (password, kdf) => stretchBytes(passwordBytes(password), kdf);
