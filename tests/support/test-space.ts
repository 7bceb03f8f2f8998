/** A space with people, without the price of Argon2id: founds, acts and folds for tests of the keyring. */
import {
	addPerson,
	foldKeyring,
	foundSpace,
	openPerson,
	openRecovery,
	withDataKeyBytes,
	type Act,
	type ActContext,
	type KeyringState,
	type OpenedPerson,
	type PassingOn
} from '$lib/crypto/keyring';
import type { StaffId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Result } from '$lib/domain/result';
import type { Role } from '$lib/domain/workplace';
import { quickStretch } from './quick-stretch';

export const must = <T>(result: Result<T, unknown>): T => {
	if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.error)}`);
	return result.value;
};

export const FOUNDER_PASSWORD = 'Grüne Wiese am Fluß';

export type TestSpace = Awaited<ReturnType<typeof testSpace>>;

/** One device's view of a space: `records` is what it holds. */
export async function testSpace(founderName = 'Erika Mustermann') {
	const founded = must(
		await foundSpace({
			commune: 'Soest, Stadt',
			ags: '05974040',
			founderName,
			password: FOUNDER_PASSWORD,
			recordedAt: 1_790_000_000_000,
			stretch: quickStretch
		})
	);
	const { spaceId, spaceSecret } = founded;
	const fold = (records: readonly KeyringRecord[]): Promise<KeyringState> => foldKeyring(spaceId, records);

	/** Data keys of the founder as bytes, for acts that pass them on. */
	const passingOn = async (state: KeyringState): Promise<PassingOn> => ({
		spaceSecret,
		dataKeyBytes: must(
			await withDataKeyBytes(state, founded.opened.staffId, FOUNDER_PASSWORD, spaceSecret, quickStretch, (bytes) =>
				Promise.resolve(new Map([...bytes].map(([keyId, one]) => [keyId, one.slice()])))
			)
		)
	});
	const as = (state: KeyringState, actor: ActContext['actor']): ActContext => ({
		state,
		actor,
		recordedAt: 1_790_000_000_000
	});

	return {
		...founded,
		fold,
		passingOn,
		as,
		/** Records with one more by the given act. */
		async after<T extends KeyringRecord>(
			records: readonly KeyringRecord[],
			actor: ActContext['actor'],
			act: (context: ActContext) => Act<T>
		): Promise<KeyringRecord[]> {
			return [...records, must(await act(as(await fold(records), actor)))];
		},
		/** Adds a person whose password is the name, and opens them. */
		async withPerson(
			records: readonly KeyringRecord[],
			name: string,
			role: Role,
			actor: ActContext['actor'] = founded.opened
		): Promise<{ records: KeyringRecord[]; person: OpenedPerson; staffId: StaffId }> {
			const state = await fold(records);
			const { record, staffId } = must(
				await addPerson(as(state, actor), {
					name,
					role,
					password: name,
					stretch: quickStretch,
					...(await passingOn(state))
				})
			);
			const next = [...records, record];
			return { records: next, staffId, person: await this.openAs(next, staffId, name) };
		},
		openAs: async (records: readonly KeyringRecord[], staffId: StaffId, password: string) =>
			must(await openPerson(await fold(records), staffId, password, spaceSecret, quickStretch)),
		recovery: async (records: readonly KeyringRecord[]) =>
			must(await openRecovery(await fold(records), founded.recoveryKey, spaceSecret))
	};
}
