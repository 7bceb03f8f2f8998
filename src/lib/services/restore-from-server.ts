/** All devices lost, one server left: with the Notfallblatt a new device comes in, and the exchange brings everything. */
import { foldKeyring, type KeyringState } from '$lib/crypto/keyring';
import { parseEmergencySheet, type EmergencySheetContent } from '$lib/crypto/printed-codes';
import { proveSheet } from '$lib/crypto/sheet-proof';
import { generateDeviceKeys, type NewDeviceKeys } from '$lib/crypto/signature';
import type { SpaceId } from '$lib/domain/ids';
import type { Heads } from '$lib/domain/operation-log';
import { memberByAgs, primaryPlateCode } from '$lib/domain/places/members';
import { err, ok, type Result } from '$lib/domain/result';
import type { Transport, TransportError } from '$lib/sync/transport';
import { writeDevice, type SetupPorts } from './device-setup';
import { once } from './once';
import { resetBySheet } from './recovery';
import { originOf, serverAt } from './server-client';
import { serverErrorOf } from './server-error';
import { staffOf } from './staff-list';
import type { RestoringDraft, SetupError, UnlockError } from './workspace';

/** `typedSheet`: all eighteen groups, or the text of the QR code. Nothing is written here yet. */
export async function prepareRestoring(
	ports: SetupPorts,
	typedOrigin: string,
	typedSheet: string
): Promise<Result<RestoringDraft, SetupError>> {
	const sheet = parseEmergencySheet(typedSheet);
	if (!sheet.ok) return err({ type: 'malformed-code' });
	const origin = originOf(typedOrigin);
	if (origin === null) return err({ type: 'not-our-server' });
	const keys = await generateDeviceKeys();
	const server = serverAt(origin, { deviceId: keys.deviceId, deviceKey: keys.signingKey });
	const enrolled = await enrol(server, sheet.value, keys);
	if (!enrolled.ok) return enrolled;
	const fetched = await fetchKeyring(server, sheet.value.spaceId);
	return fetched.ok ? ok(draftOf(ports, { origin, sheet: sheet.value, keys, keyring: fetched.value })) : fetched;
}

async function enrol(
	server: Transport,
	sheet: EmergencySheetContent,
	{ deviceId, publicKey }: NewDeviceKeys
): Promise<Result<void, SetupError>> {
	const deviceKey = { deviceId, publicKey };
	const entries = await server.sheetEntries(sheet.spaceId, deviceKey);
	if (!entries.ok) return err(sheetErrorOf(entries.error));
	const signature = await proveSheet(sheet, entries.value, deviceId);
	if (!signature) return err({ type: 'sheet-not-known' });
	const enrolled = await server.enrolBySheet(sheet.spaceId, { deviceKey, signature });
	return enrolled.ok ? ok(undefined) : err(sheetErrorOf(enrolled.error));
}

/** A server tells an unknown space and a replaced sheet alike. */
function sheetErrorOf(error: TransportError): SetupError {
	const told = serverErrorOf(error);
	return told.type === 'wrong-code' ? { type: 'sheet-not-known' } : told;
}

/** The keyring as the server has it now: people who came after the sheet was printed are in it. */
async function fetchKeyring(server: Transport, spaceId: SpaceId): Promise<Result<KeyringState, SetupError>> {
	let state = await foldKeyring(spaceId, []);
	let heads: Heads = new Map();
	for (;;) {
		const keyring = { tips: state.tips, records: [] };
		const exchanged = await server.exchange(spaceId, { heads, segments: [], deviceKeys: [], keyring });
		if (!exchanged.ok) return err(serverErrorOf(exchanged.error));
		const { answer } = exchanged.value;
		const next = await foldKeyring(spaceId, [...state.records, ...answer.keyring.records]);
		if (next.records.length === state.records.length) break;
		state = next;
		// Only the keyring is asked for: nothing is sent beyond heads that we seem to hold. The first exchange asks anew.
		heads = answer.heads;
	}
	return state.founded ? ok(state) : err({ type: 'other-space' });
}

interface Restoring {
	readonly origin: string;
	readonly sheet: EmergencySheetContent;
	readonly keys: NewDeviceKeys;
	readonly keyring: KeyringState;
}

function draftOf(ports: SetupPorts, { origin, sheet, keys, keyring }: Restoring): RestoringDraft {
	const { spaceId, spaceSecret } = sheet;
	const { commune, ags } = keyring;
	const member = ags === null ? null : memberByAgs(ags);
	return {
		commune,
		placeCode: member ? primaryPlateCode(member) : '',
		staff: staffOf(keyring),
		complete: once(async ({ staffId, newPassword, ...place }): Promise<Result<void, UnlockError | SetupError>> => {
			const reset = await resetBySheet(ports, keyring, sheet, { staffId, newPassword });
			if (!reset.ok) return reset;
			const { record, opened } = reset.value;
			const records = [...keyring.records, record];
			const written = await writeDevice(ports, {
				spaceId,
				spaceSecret,
				records,
				opened,
				keys,
				place: { commune, ...place }
			});
			if (!written.ok) return written;
			sheet.recoveryKey.fill(0);
			await ports.stores.servers.add(origin);
			return ports.session.enter(written.value, opened);
		})
	};
}
