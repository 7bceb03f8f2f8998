/** Listens in a page's memory for the raw bytes of keys, so that a test knows what must lie nowhere. */
import type { BrowserContext } from '@playwright/test';

/** `space secret` lies in clear on devices, and never on a server; all others lie nowhere. */
export type TappedKind = 'secret' | 'private key' | 'derived key' | 'agreed secret' | 'space secret';

export interface TappedKey {
	readonly kind: TappedKind;
	readonly bytes: Uint8Array;
}

/** In every page of the context from now on. Raw keys are in pages only: workers get keys that cannot be exported, and passwords. */
export async function tapKeys(context: BrowserContext): Promise<readonly TappedKey[]> {
	const tapped: TappedKey[] = [];
	await context.exposeBinding('tapKey', (_, kind: TappedKind, bytes: number[]) => {
		tapped.push({ kind, bytes: Uint8Array.from(bytes) });
	});
	await context.addInitScript(listen);
	return tapped;
}

/** The number `d` of a P-256 key in PKCS#8 (RFC 5915: version 1, then 32 bytes). */
export function rawPrivateKey(pkcs8: Uint8Array): Uint8Array | null {
	const at = Buffer.from(pkcs8).indexOf(Buffer.from('0201010420', 'hex'));
	return at < 0 ? null : pkcs8.subarray(at + 5, at + 37);
}

/** Runs in the page. */
function listen(): void {
	const report = (kind: TappedKind, source: ArrayBuffer | ArrayBufferView): void => {
		const bytes = ArrayBuffer.isView(source)
			? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
			: new Uint8Array(source);
		const { tapKey } = window as unknown as { tapKey(kind: TappedKind, bytes: number[]): void };
		tapKey(kind, [...bytes]);
	};
	const nameOf = (algorithm: AlgorithmIdentifier): string =>
		typeof algorithm === 'string' ? algorithm : algorithm.name;
	const subtle = SubtleCrypto.prototype;
	const { importKey, exportKey, deriveKey, deriveBits } = subtle;

	subtle.importKey = function (...all: unknown[]) {
		const [format, source, algorithm] = all as [KeyFormat, BufferSource, AlgorithmIdentifier];
		if (format === 'pkcs8') report('private key', source);
		else if (format === 'raw' && !/^EC/.test(nameOf(algorithm))) report('secret', source);
		return Reflect.apply(importKey, this, all) as never;
	};
	subtle.exportKey = async function (...all: unknown[]) {
		const exported = (await Reflect.apply(exportKey, this, all)) as ArrayBuffer;
		if (all[0] === 'pkcs8') report('private key', exported);
		return exported as never;
	};
	subtle.deriveKey = async function (...all: unknown[]) {
		const [algorithm, material, wanted, , usages] = all as Parameters<SubtleCrypto['deriveKey']>;
		const salt = (algorithm as Partial<HkdfParams>).salt;
		if (salt && salt.byteLength === 16) report('space secret', salt);
		const open = (await Reflect.apply(deriveKey, this, [algorithm, material, wanted, true, usages])) as CryptoKey;
		report('derived key', (await Reflect.apply(exportKey, this, ['raw', open])) as ArrayBuffer);
		return Reflect.apply(deriveKey, this, all) as Promise<CryptoKey>;
	};
	subtle.deriveBits = async function (...all: unknown[]) {
		const bits = (await Reflect.apply(deriveBits, this, all)) as ArrayBuffer;
		// The name of a join package is derived too, and no secret.
		if (nameOf(all[0] as AlgorithmIdentifier) === 'ECDH') report('agreed secret', bits);
		return bits;
	};
}
