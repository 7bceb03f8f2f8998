/** Migrations in order, as one list: they travel in the bundle and run at start. A released one is never changed. */
import type { MIGRATIONS } from './database-version.js';
import { sql, type Kysely, type Migration, type MigrationProvider } from 'kysely';

/** The one type that the two databases spell differently. */
export type BytesType = 'blob' | 'bytea';

export const createMigrations = (bytesType: BytesType): MigrationProvider => ({
	getMigrations: () => {
		const all: Record<(typeof MIGRATIONS)[number], Migration> = {
			'0001-first-tables': firstTables(bytesType),
			'0002-contacts': contacts
		};
		return Promise.resolve(all);
	}
});

const firstTables = (bytesType: BytesType): Migration => ({
	async up(database: Kysely<unknown>) {
		const bytes = sql.raw(bytesType) as ReturnType<typeof sql<string>>;
		await createSpaceTables(database, bytes);
		await createJoiningTables(database, bytes);
	}
});

const contacts: Migration = {
	async up({ schema }: Kysely<unknown>) {
		await schema.alterTable('devices').addColumn('contact_at', 'bigint').execute();
	}
};

type BytesColumn = ReturnType<typeof sql<string>>;

/** Every key begins with space_id: PostgreSQL can be partitioned or distributed by it. */
async function createSpaceTables(database: Kysely<unknown>, bytes: BytesColumn): Promise<void> {
	const { schema } = database;
	await schema
		.createTable('spaces')
		.addColumn('space_id', 'text', (column) => column.primaryKey())
		.addColumn('founded_at', 'bigint', (column) => column.notNull())
		.addColumn('tips', 'text', (column) => column.notNull())
		.addColumn('revoked', 'text', (column) => column.notNull())
		.addColumn('record_count', 'bigint', (column) => column.notNull())
		.addColumn('writes', 'bigint', (column) => column.notNull())
		.execute();
	await schema
		.createTable('keyring_records')
		.addColumn('space_id', 'text', (column) => column.notNull().references('spaces.space_id'))
		.addColumn('record_id', 'text', (column) => column.notNull())
		.addColumn('position', 'bigint', (column) => column.notNull())
		.addColumn('bytes', bytes, (column) => column.notNull())
		.addColumn('signature', bytes, (column) => column.notNull())
		.addPrimaryKeyConstraint('keyring_records_key', ['space_id', 'record_id'])
		.execute();
	await schema
		.createTable('devices')
		.addColumn('space_id', 'text', (column) => column.notNull().references('spaces.space_id'))
		.addColumn('device_id', 'text', (column) => column.notNull())
		.addColumn('public_key', bytes, (column) => column.notNull())
		.addColumn('enrolled_at', 'bigint', (column) => column.notNull())
		.addColumn('sequence', 'bigint', (column) => column.notNull())
		.addColumn('chain_value', bytes, (column) => column.notNull())
		.addColumn('beyond', 'text', (column) => column.notNull())
		.addColumn('forked', 'integer', (column) => column.notNull())
		.addPrimaryKeyConstraint('devices_key', ['space_id', 'device_id'])
		.execute();
	await createSegmentTables(database, bytes);
}

async function createSegmentTables({ schema }: Kysely<unknown>, bytes: BytesColumn): Promise<void> {
	await schema
		.createTable('segments')
		.addColumn('space_id', 'text', (column) => column.notNull())
		.addColumn('device_id', 'text', (column) => column.notNull())
		.addColumn('first_sequence', 'bigint', (column) => column.notNull())
		.addColumn('last_sequence', 'bigint', (column) => column.notNull())
		.addColumn('chain_before', bytes, (column) => column.notNull())
		.addColumn('chain_after', bytes, (column) => column.notNull())
		.addColumn('header', bytes, (column) => column.notNull())
		.addColumn('sealed', bytes, (column) => column.notNull())
		.addColumn('staff_signature', bytes, (column) => column.notNull())
		.addColumn('signature', bytes, (column) => column.notNull())
		.addColumn('size_bytes', 'bigint', (column) => column.notNull())
		.addColumn('received_at', 'bigint', (column) => column.notNull())
		.addPrimaryKeyConstraint('segments_key', ['space_id', 'device_id', 'first_sequence', 'last_sequence'])
		.addForeignKeyConstraint('segments_device', ['space_id', 'device_id'], 'devices', ['space_id', 'device_id'])
		.execute();
	await schema
		.createIndex('segments_by_end')
		.on('segments')
		.columns(['space_id', 'device_id', 'last_sequence'])
		.execute();
	await schema
		.createTable('blobs')
		.addColumn('space_id', 'text', (column) => column.notNull().references('spaces.space_id'))
		.addColumn('blob_id', 'text', (column) => column.notNull())
		.addColumn('sealed', bytes, (column) => column.notNull())
		.addColumn('received_at', 'bigint', (column) => column.notNull())
		.addPrimaryKeyConstraint('blobs_key', ['space_id', 'blob_id'])
		.execute();
}

async function createJoiningTables({ schema }: Kysely<unknown>, bytes: BytesColumn): Promise<void> {
	await schema
		.createTable('enrolment_codes')
		.addColumn('code_hash', 'text', (column) => column.primaryKey())
		.addColumn('kind', 'text', (column) => column.notNull())
		.addColumn('made_at', 'bigint', (column) => column.notNull())
		.addColumn('used_at', 'bigint')
		.addColumn('used_by_space_id', 'text')
		.execute();
	await schema
		.createTable('join_packages')
		.addColumn('package_hash', 'text', (column) => column.primaryKey())
		.addColumn('space_id', 'text', (column) => column.notNull().references('spaces.space_id'))
		.addColumn('sealed', bytes, (column) => column.notNull())
		.addColumn('uses_left', 'bigint', (column) => column.notNull())
		.addColumn('expires_at', 'bigint', (column) => column.notNull())
		.execute();
	await schema
		.createTable('join_package_uses')
		.addColumn('package_hash', 'text', (column) =>
			column.notNull().references('join_packages.package_hash').onDelete('cascade')
		)
		.addColumn('device_id', 'text', (column) => column.notNull())
		.addColumn('used_at', 'bigint', (column) => column.notNull())
		.addPrimaryKeyConstraint('join_package_uses_key', ['package_hash', 'device_id'])
		.execute();
	await schema
		.createTable('server_state')
		.addColumn('name', 'text', (column) => column.primaryKey())
		.addColumn('value', 'text', (column) => column.notNull())
		.execute();
}
