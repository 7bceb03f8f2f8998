/**
 * A new identity for a device whose id lives a second life elsewhere (SY15, DESIGN § 3.5). Three writes, each whole or not at all:
 * the next identity is drawn and kept · the log goes over to it · the identity's row does. A start after a crash goes on where it ended.
 */
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { KeyringState } from '$lib/crypto/keyring';
import { generateDeviceKeys, unwrapDeviceKey, wrapDeviceKey } from '$lib/crypto/signature';
import { deviceCodeFromBytes } from '$lib/domain/case-number';
import type { KeyId, StaffId } from '$lib/domain/ids';
import type { OperationContent } from '$lib/domain/operation';
import { encodeOperation } from '$lib/domain/operation-codec';
import type { OperationLog, OwnHead } from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock, ClockOffset, Instant } from '$lib/domain/time';
import type { DeviceKeyStore } from '$lib/storage/device-key-store';
import type { DeviceIdentity, FormerIdentity, IdentityStore, NextIdentity } from '$lib/storage/identity-store';
import { deviceJoined } from './device-joined';
import { createLogOpener } from './log-opener';
import { cutKeptRows, linesAgain, readBehindFork, type FormerHistory } from './own-history';
import { sealLines, underWebLock, type WriteTurn } from './record-operation';
import type { SaveError } from './workspace';

export interface NewIdentityPorts {
	readonly log: OperationLog;
	readonly identity: IdentityStore;
	readonly deviceKeys: Pick<DeviceKeyStore, 'add'>;
	readonly clock: Clock;
	randomBytes(length: number): Uint8Array;
	/** With the highest number written under it. */
	writeMarker(identity: DeviceIdentity, sequence: number): void | Promise<void>;
	readonly inWriteTurn?: WriteTurn;
}

/** The person who is unlocked: who signs, and all that this person can open. */
export interface Signer {
	readonly staffId: StaffId;
	readonly signingKey: CryptoKey;
	readonly keysById: ReadonlyMap<KeyId, PurposeKeys>;
	readonly currentKeys: PurposeKeys;
	loadKeyring(): Promise<KeyringState>;
	readonly clockOffset: ClockOffset | null;
}

/** Whether this device must take a new identity before it writes: it met its own id elsewhere, or was closed as a template. */
export const mustBeginAnew = async ({ log }: Pick<NewIdentityPorts, 'log'>, { deviceId }: DeviceIdentity) =>
	(await log.ownHead(deviceId)).commonTo !== undefined;

/**
 * Takes a new identity where this one is given up (`log.stopWriting`), and goes on with one that was begun. Else nothing changes.
 * `counter`: another name for the counter, as a clone of a template asks for one. → the identity that holds now.
 */
export function takeNewIdentity(
	ports: NewIdentityPorts,
	signer: Signer,
	counter?: string
): Promise<Result<DeviceIdentity, SaveError>> {
	const { inWriteTurn = underWebLock } = ports;
	return inWriteTurn(async (): Promise<Result<DeviceIdentity, SaveError>> => {
		const identity = await ports.identity.load();
		if (!identity) return err({ type: 'refused', rule: 'no-identity' });
		const head = await ports.log.ownHead(identity.deviceId);
		if (head.commonTo === undefined) return ok(identity);
		const next = await drawNext(ports, signer, identity, counter);
		if (!next.ok) return next;
		const begun = await beginLog(ports, signer, { identity, head, next: next.value });
		if (!begun.ok) return begun;
		await ports.deviceKeys.add([next.value]);
		const renewed = await renew(ports, identity, next.value);
		const saved = await ports.identity.update((now) => (now.deviceId === identity.deviceId ? renewed : null));
		if (!saved.ok) return saved;
		await ports.writeMarker(renewed, (await ports.log.ownHead(renewed.deviceId)).sequence);
		return ok(renewed);
	});
}

interface Change {
	readonly identity: DeviceIdentity;
	readonly head: OwnHead;
	readonly next: NextIdentity;
}

/** On the disk before anything is written under it: its key must never be lost while there are operations of it. */
async function drawNext(
	{ identity: store, randomBytes }: NewIdentityPorts,
	{ currentKeys }: Signer,
	identity: DeviceIdentity,
	counter: string | undefined
): Promise<Result<NextIdentity, SaveError>> {
	if (identity.next) return ok(identity.next);
	const keys = await generateDeviceKeys();
	const { deviceId, publicKey } = keys;
	const next: NextIdentity = {
		deviceId,
		publicKey,
		wrappedPrivateKey: await wrapDeviceKey(currentKeys, identity.spaceId, deviceId, keys.privateKey),
		wrapKeyId: currentKeys.keyId,
		counter: counter ?? identity.workplace.counter,
		deviceCode: drawCode(randomBytes, identity.workplace.deviceCode)
	};
	const saved = await store.update((now) => ({ ...now, next }));
	return saved.ok ? ok(next) : saved;
}

/** Another one than before: two clones that go on counting under one code would give the same numbers. */
function drawCode(randomBytes: NewIdentityPorts['randomBytes'], before: string): string {
	for (;;) {
		const code = deviceCodeFromBytes(randomBytes(4));
		if (code !== before) return code;
	}
}

/** Everything behind the fork goes over to the next identity in one transaction; done already, nothing is done. */
async function beginLog(ports: NewIdentityPorts, signer: Signer, change: Change): Promise<Result<void, SaveError>> {
	const { log } = ports;
	const { identity, head, next } = change;
	if ((await log.ownHead(next.deviceId)).sequence > 0) return ok(undefined);
	const history = await formerHistory(ports, signer, identity);
	if (!history.ok) return history;
	const behind = await readBehindFork(history.value, Math.min(head.commonTo ?? 0, head.sequence));
	await cutKeptRows(history.value, behind.keptTo);
	const lines = [
		joinedLine(ports, signer, change),
		...linesAgain(identity.deviceId, behind, { deviceId: next.deviceId, first: 2 }, signer.staffId)
	];
	const pen = { spaceId: identity.spaceId, deviceId: next.deviceId, staffId: signer.staffId };
	const start: OwnHead = {
		deviceId: next.deviceId,
		sequence: 0,
		chainValue: new Uint8Array(32),
		tick: 0,
		caseCounter: 0
	};
	const rows = await sealLines({ ...pen, staffKey: signer.signingKey, keys: signer.currentKeys }, start, lines);
	const begun = await log.beginAnew({
		former: identity.deviceId,
		keptTo: behind.keptTo,
		givenUp: behind.givenUp,
		rows,
		next: {
			...start,
			sequence: rows.length,
			chainValue: rows.at(-1)?.chainValue ?? start.chainValue,
			tick: head.tick + 1
		}
	});
	if (begun.ok) return begun;
	return err({ type: 'not-written', name: begun.error.type === 'not-written' ? begun.error.name : begun.error.type });
}

async function formerHistory(
	{ log }: NewIdentityPorts,
	{ keysById, loadKeyring }: Signer,
	{ spaceId, deviceId, wrapKeyId, wrappedPrivateKey }: DeviceIdentity
): Promise<Result<FormerHistory, SaveError>> {
	const keys = keysById.get(wrapKeyId);
	const deviceKey = keys && (await unwrapDeviceKey(keys, spaceId, deviceId, wrappedPrivateKey));
	if (!deviceKey?.ok) return err({ type: 'refused', rule: 'device-key-does-not-open' });
	const opener = createLogOpener({ log, spaceId, deviceId, deviceKey: deviceKey.value, loadKeyring });
	await opener.use([...keysById.values()]);
	return ok({ log, opener, spaceId, deviceId, deviceKey: deviceKey.value, keysById });
}

function joinedLine(
	{ clock }: NewIdentityPorts,
	{ staffId, clockOffset }: Signer,
	{ identity, head, next }: Change
): Uint8Array {
	const { type, subjectId, body } = deviceJoined(next.deviceId, next.publicKey, workplaceOf(identity, next));
	const tick = head.tick + 1;
	const recordedAt = clock.now();
	return encodeOperation({
		type,
		version: 1,
		subjectId,
		body,
		staffId,
		recordedAt,
		clockOffset,
		tick
	} as OperationContent);
}

const workplaceOf = ({ workplace }: DeviceIdentity, { deviceId, counter, deviceCode }: NextIdentity) => ({
	...workplace,
	deviceId,
	counter,
	deviceCode
});

async function renew(
	{ log, clock }: NewIdentityPorts,
	identity: DeviceIdentity,
	next: NextIdentity
): Promise<DeviceIdentity> {
	const { next: _drawn, isTemplate = false, former = [], workplace, ...kept } = identity;
	const { deviceId, publicKey, wrappedPrivateKey, wrapKeyId } = identity;
	const ended: FormerIdentity = {
		...{ deviceId, publicKey, wrappedPrivateKey, wrapKeyId },
		counter: workplace.counter,
		deviceCode: workplace.deviceCode,
		endedAt: clock.now(),
		reason: isTemplate ? 'template' : 'copied',
		recordedAgain: (await log.ownHead(next.deviceId)).sequence - 1,
		isNoticed: isTemplate
	};
	return {
		...kept,
		deviceId: next.deviceId,
		publicKey: next.publicKey,
		wrappedPrivateKey: next.wrappedPrivateKey,
		wrapKeyId: next.wrapKeyId,
		workplace: workplaceOf(identity, next),
		// The later of two incarnations is the one in use, whatever the clock says meanwhile.
		createdAt: Math.max(clock.now(), identity.createdAt + 1) as Instant,
		former: [...former, ended]
	};
}
