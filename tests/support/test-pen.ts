/** One device and person with keys, writing pending rows: for tests of sealing and cutting. */
import { deriveKeys, importDataKey, type PurposeKeys } from '$lib/crypto/data-key';
import { chainZero, sealPending, type OpenedRow } from '$lib/crypto/seal';
import { generateDeviceKeys, generateSigningKeys, importSigningKey, importVerifyKey } from '$lib/crypto/signature';
import type { KeyId, SpaceId, StaffId } from '$lib/domain/ids';

export const TEST_SPACE = '0123456789abcdef0123456789abcdef' as SpaceId;

export const testKeys = async (keyId: string, fill = 7): Promise<PurposeKeys> =>
	deriveKeys(await importDataKey(new Uint8Array(32).fill(fill)), TEST_SPACE, keyId as KeyId);

export async function testStaff(staffId: string) {
	const { publicKey, privateKey } = await generateSigningKeys();
	const verifyKey = await importVerifyKey(publicKey);
	if (!verifyKey) throw new Error('a fresh key is a key');
	return { staffId: staffId.repeat(16) as StaffId, signingKey: await importSigningKey(privateKey), verifyKey };
}
export type TestStaff = Awaited<ReturnType<typeof testStaff>>;

/** What is written: the operation's bytes, by whom, under which key. */
export interface Entry {
	readonly bytes: Uint8Array;
	readonly staff: TestStaff;
	readonly keys: PurposeKeys;
}

export async function testDevice() {
	const device = await generateDeviceKeys();
	const verifyKey = await importVerifyKey(device.publicKey);
	if (!verifyKey) throw new Error('a fresh key is a key');
	return {
		...device,
		verifyKey,
		/** Pending rows of these entries, from sequence 1 on. */
		async write(entries: readonly Entry[]): Promise<OpenedRow[]> {
			const rows: OpenedRow[] = [];
			let previousChainValue = chainZero();
			for (const { bytes, staff, keys } of entries) {
				const row = await sealPending({
					keys,
					spaceId: TEST_SPACE,
					deviceId: device.deviceId,
					sequence: rows.length + 1,
					operationBytes: bytes,
					previousChainValue,
					staffId: staff.staffId,
					staffKey: staff.signingKey
				});
				previousChainValue = new Uint8Array(row.chainValue);
				rows.push({ row, bytes });
			}
			return rows;
		}
	};
}
