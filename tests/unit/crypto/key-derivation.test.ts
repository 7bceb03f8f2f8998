/** Passwords: bounds of the cost, normal form, and Argon2id itself. */
import { argon2id as hashWasmArgon2id } from 'hash-wasm';
import { describe, expect, it, vi } from 'vitest';
import { argon2id, stretchBytes } from '$lib/crypto/argon2id';
import { utf8 } from '$lib/crypto/bytes';
import {
	checkKdf,
	createWorkerStretcher,
	newKdf,
	passwordBytes,
	type StretchReply,
	type StretchRequest
} from '$lib/crypto/key-derivation';
import { hexOf } from '$lib/domain/ids';
import type { KdfParameters } from '$lib/domain/keyring-record';
import { err } from '$lib/domain/result';

const SALT = Uint8Array.from({ length: 16 }, (_, i) => i);
const good = newKdf(SALT);

describe('parameters of key derivation', () => {
	it('are 64 MiB, three passes and one lane for a new password', () => {
		expect(good).toMatchObject({ memoryKiB: 65_536, iterations: 3, parallelism: 1 });
		expect(newKdf().salt).toHaveLength(16);
	});

	it.each([
		good,
		{ ...good, memoryKiB: 262_144, iterations: 10, parallelism: 4 },
		{ ...good, iterations: 1, salt: new Uint8Array(64) }
	])('are taken within the bounds', (kdf) => {
		expect(checkKdf(kdf).ok).toBe(true);
	});

	it.each<Partial<KdfParameters>>([
		{ memoryKiB: 4 * 1024 * 1024 },
		{ memoryKiB: 262_145 },
		{ memoryKiB: 65_535 },
		{ memoryKiB: 65_536.5 },
		{ memoryKiB: Number.NaN },
		{ iterations: 0 },
		{ iterations: 11 },
		{ parallelism: 0 },
		{ parallelism: 5 },
		{ salt: new Uint8Array(15) },
		{ salt: new Uint8Array(65) },
		{ algorithm: 'argon2d' as 'argon2id' }
	])('are refused outside them: %o', (change) => {
		expect(checkKdf({ ...good, ...change })).toEqual(err({ type: 'unsafe-parameters' }));
	});

	it('are never run outside them, and the password is overwritten all the same', async () => {
		await expect(argon2id('geheim', { ...good, memoryKiB: 4 * 1024 * 1024 })).rejects.toThrow('not checked');
	});
});

describe('Argon2id', { timeout: 60_000 }, () => {
	it('gives the reference vector of phc-winner-argon2 (m = 2^16, t = 2, p = 1)', async () => {
		// The vector's salt has eight bytes, which our own bounds refuse: so the library is asked directly.
		const options = { iterations: 2, memorySize: 65_536, parallelism: 1, hashLength: 32, outputType: 'hex' } as const;
		expect(await hashWasmArgon2id({ ...options, password: 'password', salt: utf8('somesalt') })).toBe(
			'09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'
		);
	});

	it('gives what OpenSSL’s Argon2id gives for a password with umlauts, in whatever form they were typed', async () => {
		const expected = '4ce8bf8697c685292c788783d1df1539b16bdb90860cfd5251038813de096ebb';
		expect(hexOf(await argon2id('Grüne Wiese am Fluß'.normalize('NFD'), good))).toBe(expected);
	});

	it('overwrites the password it was given', async () => {
		const password = passwordBytes('geheim');
		await stretchBytes(password, { ...good, iterations: 1 });
		expect(password.every((byte) => byte === 0)).toBe(true);
	});
});

describe('the stretcher in a worker', () => {
	const workerThat = (answer: (request: StretchRequest) => StretchReply) => {
		const worker = {
			onmessage: null as ((event: { data: StretchReply }) => void) | null,
			onerror: null as ((event: { message: string }) => void) | null,
			terminate: vi.fn(),
			postMessage: vi.fn((request: StretchRequest, transfer: ArrayBuffer[]) => {
				const received = structuredClone(request, { transfer });
				queueMicrotask(() => worker.onmessage?.({ data: answer(received) }));
			})
		};
		return worker;
	};

	it('hands over the password’s bytes, gives the answer, and ends the worker', async () => {
		const worker = workerThat(({ password }) => ({ stretched: password.slice().reverse() }));
		const stretch = createWorkerStretcher(() => worker as unknown as Worker);
		expect(await stretch('abc', good)).toEqual(utf8('cba'));
		expect(worker.postMessage.mock.calls[0]?.[0].password).toHaveLength(0);
		expect(worker.terminate).toHaveBeenCalledOnce();
	});

	it('ends the worker also when it failed', async () => {
		const worker = workerThat(() => ({ failed: 'RangeError' }));
		await expect(createWorkerStretcher(() => worker as unknown as Worker)('abc', good)).rejects.toThrow('RangeError');
		expect(worker.terminate).toHaveBeenCalledOnce();
		const broken = workerThat(() => ({ failed: '' }));
		broken.postMessage.mockImplementation(() => queueMicrotask(() => broken.onerror?.({ message: 'no script' })));
		await expect(createWorkerStretcher(() => broken as unknown as Worker)('abc', good)).rejects.toThrow('no script');
		expect(broken.terminate).toHaveBeenCalledOnce();
	});
});
