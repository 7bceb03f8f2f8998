/**
 * A new device from a further copy: it takes in everything and writes under an identity of its own, since a copy may be older
 * than what the lost device wrote (decision 32).
 */
import { deriveKeys, type PurposeKeys } from '$lib/crypto/data-key';
import { openPerson, type OpenedPerson } from '$lib/crypto/keyring';
import { parseRecoveryKey } from '$lib/crypto/printed-codes';
import { generateDeviceKeys, unwrapDeviceKey } from '$lib/crypto/signature';
import type { KeyId, StaffId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Segment } from '$lib/domain/operation-log';
import { gaps } from '$lib/domain/ranges';
import { err, ok, type Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import type { FormerIdentity } from '$lib/storage/identity-store';
import { nameOfError } from '$lib/storage/not-written';
import { readCopies, type DeviceCopy, type ReadCopies } from './copy-reading';
import { writeDevice, type RestorePorts } from './device-setup';
import { once } from './once';
import { cutFormerRows } from './former-rows';
import { unlockErrorOf } from './keyring-acts';
import { resetBySheet } from './recovery';
import { staffOf } from './staff-list';
import type { CopyDraft, CopyError, CopyReport, CopyUnlock, SaveError, SetupError, UnlockError } from './workspace';

type CompleteInput = Parameters<CopyDraft['complete']>[0];
type CompleteError = UnlockError | SetupError;

/** Nothing is written here yet. */
export async function prepareFromCopy(
	ports: RestorePorts,
	files: readonly Uint8Array[]
): Promise<Result<CopyDraft, CopyError>> {
	const read = await readCopies(files);
	if (!read.ok) return read;
	const { copies, keyring } = read.value;
	const { commune, site, counter, placeCode } = copies[0]!.identity.workplace;
	return ok({
		commune,
		placeCode,
		site,
		counter,
		staff: staffOf(keyring),
		complete: once((input) => restore(ports, read.value, input))
	});
}

async function restore(
	ports: RestorePorts,
	read: ReadCopies,
	{ staffId, unlock, ...place }: CompleteInput
): Promise<Result<CopyReport, CompleteError>> {
	const { spaceId, spaceSecret, workplace } = read.copies[0]!.identity;
	const person = await openBy(ports, read, staffId, unlock);
	if (!person.ok) return person;
	const { opened, records } = person.value;
	const keysById = new Map<KeyId, PurposeKeys>();
	for (const [keyId, dataKey] of opened.dataKeys) keysById.set(keyId, await deriveKeys(dataKey, spaceId, keyId));
	const taken = await takeIn(ports, read, keysById);
	if (!taken.ok) return taken;
	const written = await writeDevice(ports, {
		spaceId,
		spaceSecret,
		records: [...read.keyring.records, ...records],
		opened,
		keys: await generateDeviceKeys(),
		former: formersOf(read.copies, ports.clock.now()),
		place: { commune: workplace.commune, ...place }
	});
	if (!written.ok) return written;
	const entered = await ports.session.enter(written.value, opened);
	return entered.ok ? ok(taken.value) : entered;
}

/** Servers know the lost devices and not this one: their keys vouch for it, as long as nobody has revoked them. */
const formersOf = (copies: readonly DeviceCopy[], endedAt: Instant): FormerIdentity[] =>
	copies.flatMap(({ identity }) => {
		const { deviceId, publicKey, wrappedPrivateKey, wrapKeyId, workplace, former = [] } = identity;
		const { counter, deviceCode } = workplace;
		const keys = { deviceId, publicKey, wrappedPrivateKey, wrapKeyId, counter, deviceCode };
		return [...former, { ...keys, endedAt, reason: 'restored', recordedAgain: 0, isNoticed: true } as const];
	});

/** By the password of that time, or by the Notfallblatt and a new one. */
async function openBy(
	ports: RestorePorts,
	{ keyring, copies }: ReadCopies,
	staffId: StaffId,
	unlock: CopyUnlock
): Promise<Result<{ opened: OpenedPerson; records: readonly KeyringRecord[] }, CompleteError>> {
	const { spaceSecret } = copies[0]!.identity;
	if ('password' in unlock) {
		const person = await openPerson(keyring, staffId, unlock.password, spaceSecret, ports.stretch);
		return person.ok ? ok({ opened: person.value, records: [] }) : err(unlockErrorOf(person.error));
	}
	const recoveryKey = parseRecoveryKey(unlock.sheet);
	if (!recoveryKey.ok) return err({ type: 'malformed-code' });
	const sheet = { recoveryKey: recoveryKey.value, spaceSecret };
	const reset = await resetBySheet(ports, keyring, sheet, { staffId, newPassword: unlock.newPassword });
	recoveryKey.value.fill(0);
	return reset.ok ? ok({ opened: reset.value.opened, records: [reset.value.record] }) : reset;
}

/** Everything but the identity, which comes last: until then all of it may be begun anew. */
async function takeIn(
	{ stores }: RestorePorts,
	read: ReadCopies,
	keysById: ReadonlyMap<KeyId, PurposeKeys>
): Promise<Result<CopyReport, SaveError>> {
	let left = 0;
	const cut: Segment[] = [];
	for (const copy of read.copies) {
		const rows = await rowsOf(copy, read, keysById);
		cut.push(...rows.segments);
		left += rows.left;
	}
	const { log, servers, deviceKeys, drafts, keyring } = stores;
	const contents = read.copies.map(({ content }) => content);
	try {
		// All of them: also those that wait for a record which is not here.
		await keyring.addRecords(contents.flatMap(({ records }) => [...records.values()]));
		await deviceKeys.add(read.deviceKeys);
		const { clashing } = await log.addSegments([...read.segments, ...cut]);
		await log.setAside(contents.flatMap(({ setAside }) => [...setAside.values()]));
		for (const draft of contents.flatMap((content) => [...content.drafts.values()])) await drafts.save(draft);
		for (const [origin, paused] of contents.flatMap((content) => [...content.servers])) {
			await servers.add(origin);
			if (paused) await servers.pause(origin, true);
		}
		const heads = [...(await log.heads()).values()];
		return ok({
			devices: read.copies.length,
			operations: (await log.size()).operations,
			drafts: (await drafts.list()).length,
			damagedPlaces: read.damagedPlaces,
			refused: read.refused + clashing.length,
			left,
			missing: heads.reduce((sum, head) => sum + missingIn(head), 0)
		});
	} catch (error) {
		return err({ type: 'not-written', name: nameOfError(error) });
	}
}

/** Pending rows of each identity that the lost device has had; without its key nothing can be cut in its name. */
async function rowsOf(
	{ identity, content }: DeviceCopy,
	{ segments }: ReadCopies,
	keysById: ReadonlyMap<KeyId, PurposeKeys>
): Promise<{ readonly segments: readonly Segment[]; readonly left: number }> {
	const { spaceId, deviceId, wrapKeyId, wrappedPrivateKey } = identity;
	const keys = keysById.get(wrapKeyId);
	const deviceKey = keys && (await unwrapDeviceKey(keys, spaceId, deviceId, wrappedPrivateKey));
	const rows = [...(content.pending.get(deviceId)?.values() ?? [])];
	const all = [...content.pending.values()].reduce((sum, ofOne) => sum + ofOne.size, 0);
	if (!deviceKey?.ok) return { segments: [], left: all };
	const cut = await cutFormerRows({ spaceId, deviceId, deviceKey: deviceKey.value, keysById, rows, segments });
	return { segments: cut.segments, left: cut.left + all - rows.length };
}

const missingIn = ({
	sequence,
	beyond
}: {
	sequence: number;
	beyond: readonly (readonly [number, number])[];
}): number =>
	gaps(sequence > 0 ? [[1, sequence], ...beyond] : beyond).reduce((sum, [from, to]) => sum + to - from + 1, 0);
