/** What a file is by its first bytes, where these are no text. */
import type { UnreadableReason } from '$lib/domain/appointment-import';

/** A reason: it is known, and cannot be read; null: it may be text. */
export type FileSignature = 'zip' | UnreadableReason | null;

const SIGNATURES: readonly (readonly [string, FileSignature])[] = [
	['504b0304', 'zip'],
	['504b0506', 'empty'],
	['25504446', 'pdf'],
	['89504e47', 'not-known'],
	['ffd8ffe', 'not-known'],
	['1f8b', 'not-known'],
	['526172211a07', 'not-known'],
	['377abcaf271c', 'not-known'],
	// Excel before 97, without a container around it.
	['0908', 'old-excel'],
	['0904', 'old-excel'],
	['0902', 'old-excel'],
	['0900', 'old-excel']
];
const CONTAINER = 'd0cf11e0';

export function signatureOf(bytes: Uint8Array): FileSignature {
	const start = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	if (start.startsWith(CONTAINER)) return containerContent(bytes);
	return SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1] ?? null;
}

/** The container of old Office files has the names of its parts in UTF-16; that of an encrypted workbook holds one of these. */
function containerContent(bytes: Uint8Array): UnreadableReason {
	if (holds(bytes, 'EncryptedPackage') || holds(bytes, 'EncryptionInfo')) return 'encrypted';
	return holds(bytes, 'Workbook') || holds(bytes, 'Book') ? 'old-excel' : 'not-known';
}

function holds(bytes: Uint8Array, name: string): boolean {
	const wanted = [...name].flatMap((character) => [character.charCodeAt(0), 0]);
	for (let at = bytes.indexOf(wanted[0] ?? 0); at >= 0; at = bytes.indexOf(wanted[0] ?? 0, at + 1)) {
		if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
	}
	return false;
}

/** Of what was decoded as text: no text has zeros in it, or many control characters. */
export function isText(text: string): boolean {
	const probe = text.slice(0, 8_192);
	const controls: readonly string[] = probe.match(/[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/g) ?? [];
	return !controls.includes('\u0000') && controls.length * 50 <= probe.length;
}
