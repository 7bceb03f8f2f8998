/** Password + cost → 32 bytes: the port, the bounds its parameters must keep, and the worker that does the work. */
import type { KdfParameters } from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import { randomBytes, utf8, type Bytes } from './bytes';

/** Stretches a password to 32 bytes. Implementations take parameters only after `checkKdf`. */
export type PasswordStretcher = (password: string, kdf: KdfParameters) => Promise<Bytes>;

export interface UnsafeParameters {
	readonly type: 'unsafe-parameters';
}

export const STRETCHED_BYTES = 32;

const isWithin = (value: number, least: number, most: number): boolean =>
	Number.isInteger(value) && value >= least && value <= most;

/** Parameters come from a keyring record, so from outside: too weak and too costly (4 GiB) are both refused before anything runs. */
export const checkKdf = (kdf: KdfParameters): Result<KdfParameters, UnsafeParameters> =>
	kdf.algorithm === 'argon2id' &&
	isWithin(kdf.memoryKiB, 64 * 1024, 256 * 1024) &&
	isWithin(kdf.iterations, 1, 10) &&
	isWithin(kdf.parallelism, 1, 4) &&
	isWithin(kdf.salt.length, 16, 64)
		? ok(kdf)
		: err({ type: 'unsafe-parameters' });

/** What new passwords are stretched with: 64 MiB, three passes, one lane. */
export const newKdf = (salt: Uint8Array = randomBytes(16)): KdfParameters => ({
	algorithm: 'argon2id',
	salt,
	memoryKiB: 64 * 1024,
	iterations: 3,
	parallelism: 1
});

/** Passwords are normalised to NFC, so that „ü“ is the same key by key on every keyboard and system; then UTF-8. */
export const passwordBytes = (password: string): Bytes => utf8(password.normalize('NFC'));

/** To the worker: the password's buffer is handed over, so that no copy stays on the page's side. */
export interface StretchRequest {
	readonly password: Bytes;
	readonly kdf: KdfParameters;
}
export type StretchReply = { readonly stretched: Bytes } | { readonly failed: string };

/**
 * Stretches in a worker of its own, so that the page does not stand still.
 * The caller makes the worker (Trusted Types know its URL); it is ended after each password, and its memory with it.
 */
export const createWorkerStretcher =
	(createWorker: () => Worker): PasswordStretcher =>
	(password, kdf) =>
		new Promise((resolve, reject) => {
			const worker = createWorker();
			const end = (settle: () => void) => {
				worker.terminate();
				settle();
			};
			worker.onmessage = ({ data }: MessageEvent<StretchReply>) =>
				end(() => ('stretched' in data ? resolve(data.stretched) : reject(new Error(data.failed))));
			worker.onerror = (event) => end(() => reject(new Error(`argon2 worker: ${event.message}`)));
			const request: StretchRequest = { password: passwordBytes(password), kdf };
			worker.postMessage(request, [request.password.buffer]);
		});
