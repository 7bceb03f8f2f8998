/** A device of a real space in Node, let in by an Aufnahmedatei: it writes real operations, and bundles of them. */
import { argon2id } from '$lib/crypto/argon2id';
import { joinIds, openJoinPackage } from '$lib/crypto/join-package';
import { foldKeyring, openPerson } from '$lib/crypto/keyring';
import { parseJoinCode } from '$lib/crypto/printed-codes';
import { generateDeviceKeys } from '$lib/crypto/signature';
import type { Decision } from '$lib/domain/request';
import type { Instant } from '$lib/domain/time';
import type { Workplace } from '$lib/domain/workplace';
import { bundleChunks, type BundleChunk, type WritingChoice } from '$lib/services/carrier-writing';
import { deviceJoined } from '$lib/services/device-joined';
import { createLogOpener } from '$lib/services/log-opener';
import { createPersonKeys } from '$lib/services/person-keys';
import { recordOperations, type Pen } from '$lib/services/record-operation';
import { parseJoinFile } from '$lib/sync/join-file';
import { createMemoryOperationLog } from './memory-operation-log';
import { must } from './test-space';

export type NodeDevice = Awaited<ReturnType<typeof nodeDevice>>;

export async function nodeDevice(joinFile: Uint8Array, code: string, password: string, counter: string) {
	const ids = await joinIds(must(parseJoinCode(code)).code);
	const { spaceId, spaceSecret, records, placeCode } = must(
		await openJoinPackage(ids, must(parseJoinFile(joinFile)).sealed)
	);
	const keyring = await foldKeyring(spaceId, records);
	const [staffId] = keyring.people.keys();
	const person = must(await openPerson(keyring, staffId!, password, spaceSecret, argon2id));
	const keys = await createPersonKeys(spaceId, person, keyring);
	const { deviceId, publicKey, signingKey } = await generateDeviceKeys();
	const workplace: Workplace = {
		deviceId,
		commune: keyring.commune,
		placeCode,
		site: 'Rathaus I',
		counter,
		deviceCode: 'BNCH'
	};
	const log = createMemoryOperationLog();
	const loadKeyring = async () => keyring;
	const opener = createLogOpener({ log, spaceId, deviceId, deviceKey: signingKey, loadKeyring });
	await opener.use(keys.all());
	const pen: Pen = {
		log,
		clock: { now: () => Date.now() as Instant },
		spaceId,
		deviceId,
		staffId: person.staffId,
		staffKey: keys.signingKey,
		placeCode,
		deviceCode: () => workplace.deviceCode,
		currentKeys: keys.current,
		clockOffset: () => null,
		observedTick: () => 0,
		observedCaseCounter: () => 0,
		inWriteTurn: (write) => write(),
		lastWaitingNumber: () => Promise.resolve(0)
	};
	must(await recordOperations(pen, [deviceJoined(deviceId, publicKey, workplace)]));

	return {
		deviceId,
		staffId: person.staffId,
		write: async (decided: readonly Decision[]) => must(await recordOperations(pen, decided)),
		cut: opener.cut,
		head: async () => (await log.ownHead(deviceId)).sequence,
		bundle: (choice: Partial<WritingChoice> = {}): AsyncGenerator<BundleChunk> =>
			bundleChunks(
				{
					log,
					spaceId,
					deviceId,
					deviceKey: signingKey,
					deviceKeys: async () => [{ deviceId, publicKey }],
					loadKeyring,
					nowMs: Date.now
				},
				{ reader: null, partBytes: Infinity, ...choice }
			)
	};
}
