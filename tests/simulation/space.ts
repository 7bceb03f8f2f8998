/** The space that all seeds begin with: founded once, with people of every role, and a server's empty database. */
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { PurposeKeys } from '$lib/crypto/data-key';
import { openPerson, type KeyringState, type OpenedPerson } from '$lib/crypto/keyring';
import type { StaffId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Role } from '$lib/domain/workplace';
import { migrate } from '$lib/server/database';
import type { Tables } from '$lib/server/tables';
import { quickStretch } from '../support/quick-stretch';
import { keysOf } from '../support/test-desk';
import { FOUNDER_PASSWORD, must, testSpace, type TestSpace } from '../support/test-space';

export const SERVER_ORIGIN = 'http://server.test';

export interface Person {
	readonly staffId: StaffId;
	readonly password: string;
}

export interface Space extends TestSpace {
	/** The keyring at the beginning. */
	readonly records: readonly KeyringRecord[];
	/** The founder first: an admin. */
	readonly people: readonly Person[];
	/** A migrated database without a space, as a file in memory. */
	readonly emptyDatabase: Buffer;
	readonly firstKeys: PurposeKeys;
	/** As `fold`, done once for the same records. */
	readonly folded: TestSpace['fold'];
	/** The person opened by password, once for the same keyring. */
	unlocked(keyring: KeyringState, person: Person): Promise<OpenedPerson>;
}

const STAFF: readonly (readonly [name: string, role: Role])[] = [
	['Lea', 'lead'],
	['Clara', 'clerk'],
	['Paul', 'processing'],
	['Cem', 'clerk']
];

export const openMemoryDatabase = (content: Buffer | ':memory:') => {
	const sqlite = new Sqlite(content);
	return { sqlite, database: new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) }) };
};

export async function prepareSpace(): Promise<Space> {
	const space = await testSpace();
	let records: readonly KeyringRecord[] = [space.record];
	const people: Person[] = [{ staffId: space.opened.staffId, password: FOUNDER_PASSWORD }];
	for (const [name, role] of STAFF) {
		const added = await space.withPerson(records, name, role);
		({ records } = added);
		people.push({ staffId: added.staffId, password: name });
	}
	const { sqlite, database } = openMemoryDatabase(':memory:');
	await migrate(database);
	const emptyDatabase = sqlite.serialize();
	await database.destroy();
	const [firstKeys] = await keysOf(space, space.opened);
	if (!firstKeys) throw new Error('a space has a first key');
	const kept = { folded: rememberFolds(space.fold), unlocked: rememberUnlocked(space) };
	return { ...space, records, people, emptyDatabase, firstKeys, ...kept };
}

/** A keyring is the same whoever folds it: folded once for all devices, which saves half of all cryptography here. */
function rememberFolds(fold: TestSpace['fold']): TestSpace['fold'] {
	const states = new Map<string, ReturnType<TestSpace['fold']>>();
	return (records) => {
		const name = records
			.map(({ signature }) => Buffer.from(signature).toString('base64'))
			.sort()
			.join();
		const state = states.get(name) ?? fold(records);
		states.set(name, state);
		return state;
	};
}

function rememberUnlocked({ spaceSecret }: TestSpace): Space['unlocked'] {
	const byKeyring = new WeakMap<KeyringState, Map<StaffId, Promise<OpenedPerson>>>();
	return (keyring, { staffId, password }) => {
		const opened = byKeyring.get(keyring) ?? new Map<StaffId, Promise<OpenedPerson>>();
		byKeyring.set(keyring, opened);
		const person = opened.get(staffId) ?? openPerson(keyring, staffId, password, spaceSecret, quickStretch).then(must);
		opened.set(staffId, person);
		return person;
	};
}
