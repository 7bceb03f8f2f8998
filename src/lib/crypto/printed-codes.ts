/** What is printed or shown as QR: the Notfallblatt and the Aufnahmecode. Neither is ever a link. */
import { bytesOfHex, idFromBytes, type SpaceId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import type { Bytes } from './bytes';
import { CODE_LENGTH, encodeGrouped, parseGrouped, type MalformedCode } from './crockford';

/** The recovery key opens the space; id and secret say which space it is, on a device that has nothing any more. */
export interface EmergencySheetContent {
	readonly recoveryKey: Bytes;
	readonly spaceId: SpaceId;
	readonly spaceSecret: Bytes;
}
export interface EncodedEmergencySheet {
	/** Six groups: all that is typed at a device that knows its space. */
	readonly recoveryGroups: readonly string[];
	/** Twelve groups: six of the space id, six of the space secret. */
	readonly spaceGroups: readonly string[];
	/** Capital letters, digits and blanks only: a small QR code, nothing that a telephone takes for an address, and the same on every keyboard layout. */
	readonly qrText: string;
}

const SHEET_PREFIX = 'NOTSCHALTER NOTFALLBLATT 1 ';
const JOIN_PREFIX = 'NOTSCHALTER AUFNAHME 1 ';

export function encodeEmergencySheet(content: {
	readonly recoveryKey: Uint8Array;
	readonly spaceId: SpaceId;
	readonly spaceSecret: Uint8Array;
}): EncodedEmergencySheet {
	const recoveryGroups = encodeGrouped(content.recoveryKey);
	const idGroups = encodeGrouped(bytesOfHex(content.spaceId));
	const secretGroups = encodeGrouped(content.spaceSecret);
	return {
		recoveryGroups,
		spaceGroups: [...idGroups, ...secretGroups],
		qrText: SHEET_PREFIX + [recoveryGroups, idGroups, secretGroups].map((groups) => groups.join('')).join(' ')
	};
}

/** Reads the QR text or the eighteen groups as typed. `group` counts through all eighteen. */
export function parseEmergencySheet(text: string): Result<EmergencySheetContent, MalformedCode> {
	const trimmed = text.trim().toUpperCase();
	const groups = trimmed.startsWith(SHEET_PREFIX) ? trimmed.slice(SHEET_PREFIX.length) : trimmed;
	const characters = groups.replace(/[\s\-–—.]/gu, '');
	if (characters.length !== 3 * CODE_LENGTH) return err({ type: 'malformed-code' });
	const recoveryKey = codeWithin(characters, 0);
	if (!recoveryKey.ok) return recoveryKey;
	const spaceId = codeWithin(characters, 1);
	if (!spaceId.ok) return spaceId;
	const spaceSecret = codeWithin(characters, 2);
	if (!spaceSecret.ok) return spaceSecret;
	return ok({
		recoveryKey: recoveryKey.value,
		spaceId: idFromBytes<SpaceId>(spaceId.value),
		spaceSecret: spaceSecret.value
	});
}

function codeWithin(characters: string, index: number): Result<Bytes, MalformedCode> {
	const code = parseGrouped(characters.slice(index * CODE_LENGTH, (index + 1) * CODE_LENGTH));
	return code.ok || code.error.group === undefined
		? code
		: err({ type: 'malformed-code', group: 6 * index + code.error.group });
}

/** Reads what is typed at the lock screen: the six recovery groups, or the sheet's whole QR text. */
export function parseRecoveryKey(text: string): Result<Bytes, MalformedCode> {
	const sheet = parseEmergencySheet(text);
	return sheet.ok ? ok(sheet.value.recoveryKey) : parseGrouped(text);
}

export interface EncodedJoinCode {
	readonly groups: readonly string[];
	/** The code with the server's address behind it. */
	readonly qrText: string;
}

export function encodeJoinCode(code: Uint8Array, origin: string): EncodedJoinCode {
	const groups = encodeGrouped(code);
	return { groups, qrText: `${JOIN_PREFIX}${groups.join('')} ${origin}` };
}

/** Reads an Aufnahmecode as typed (`origin` null) or scanned. */
export function parseJoinCode(
	text: string
): Result<{ readonly code: Bytes; readonly origin: string | null }, MalformedCode> {
	const trimmed = text.trim();
	if (!trimmed.toUpperCase().startsWith(JOIN_PREFIX)) {
		const code = parseGrouped(trimmed);
		return code.ok ? ok({ code: code.value, origin: null }) : code;
	}
	const scanned = trimmed.slice(JOIN_PREFIX.length);
	const code = parseGrouped(scanned.slice(0, CODE_LENGTH));
	if (!code.ok) return code;
	const origin = originOf(scanned.slice(CODE_LENGTH + 1));
	return origin === null ? err({ type: 'malformed-code' }) : ok({ code: code.value, origin });
}

function originOf(text: string): string | null {
	try {
		const url = new URL(text);
		return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : null;
	} catch {
		return null;
	}
}
