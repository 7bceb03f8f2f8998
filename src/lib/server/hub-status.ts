/** What whoever looks after a server wants to know at a glance: devices, gaps, disk, certificate, backup. No personal data. */
import type { X509Certificate } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { gaps, type Ranges } from '$lib/domain/ranges';
import { rangesOfHead } from '$lib/sync/heads';
import { readBackupRecord, type BackupRecord } from './backup-record.js';
import { DATABASE_FILE, type Config } from './config.js';
import type { ServerContext } from './endpoint';
import { sqliteLibrary } from './sqlite.js';
import type { StorageFault } from './storage-fault';

export interface HubDevice {
	/** Counts from 1 in the order in which devices came. */
	readonly number: number;
	readonly deviceId: DeviceId;
	readonly enrolledAt: number;
	readonly lastContactAt: number | null;
	readonly sequence: number;
	/** Operations that are lacking, both included (SY12). */
	readonly gaps: Ranges;
	readonly forked: boolean;
	readonly revoked: boolean;
	readonly sizeBytes: number;
}

export interface HubSpace {
	readonly spaceId: SpaceId;
	readonly commune: string;
	readonly devices: readonly HubDevice[];
}

export interface HubCertificate {
	/** Ms. */
	readonly validTo: number;
	/** Whole ones; below 0 when it has expired. */
	readonly daysLeft: number;
	readonly names: string;
}

export interface HubStatus {
	readonly now: number;
	readonly startedAt: number;
	readonly version: string;
	readonly node: string;
	readonly sqlite: string;
	readonly origin: string;
	readonly spaces: readonly HubSpace[];
	readonly databaseBytes: number;
	readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
	/** Null: this line is not encrypted by this server. */
	readonly certificate: HubCertificate | null;
	readonly backup: BackupRecord & { readonly everyHours: number | null };
	readonly storage: StorageFault | 'ready';
}

export interface HubQuestion {
	readonly config: Config;
	readonly version: string;
	/** The one in use on the line that asks. */
	readonly certificate: X509Certificate | null;
}

const DAY_MS = 24 * 3_600_000;
const startedAt = Math.round(Date.now() - process.uptime() * 1000);

export async function readHubStatus(context: ServerContext, question: HubQuestion): Promise<HubStatus> {
	const { config, version, certificate } = question;
	const now = context.now();
	return {
		now,
		startedAt,
		version,
		node: process.versions.node,
		sqlite: sqliteLibrary(),
		origin: config.origin,
		// Written first: what only reads would show a full disk as healthy.
		storage: await context.probe(),
		spaces: await readSpaces(context),
		databaseBytes: databaseBytes(config.dataDir),
		disk: await diskOf(config.dataDir),
		certificate: certificate && certificateOf(certificate, now),
		backup: { ...readBackupRecord(config.dataDir), everyHours: config.backup?.everyHours ?? null }
	};
}

async function readSpaces({ store, keyrings, contacts }: ServerContext): Promise<readonly HubSpace[]> {
	const spaces: HubSpace[] = [];
	for (const spaceId of await store.spaceIds()) {
		const { commune, revokedDevices } = await keyrings.stateOf(spaceId);
		const devices = (await store.overview(spaceId)).map(({ beyond, lastContactAt, ...device }, place) => ({
			...device,
			number: place + 1,
			lastContactAt: later(contacts.lastOf(spaceId, device.deviceId), lastContactAt),
			gaps: gaps(rangesOfHead({ sequence: device.sequence, beyond })),
			revoked: revokedDevices.has(device.deviceId)
		}));
		spaces.push({ spaceId, commune, devices });
	}
	return spaces;
}

/** A segment is received a moment after its call was heard. */
const later = (a: number | null, b: number | null): number | null =>
	a === null || b === null ? (a ?? b) : Math.max(a, b);

const databaseBytes = (dataDir: string): number =>
	[DATABASE_FILE, `${DATABASE_FILE}-wal`]
		.map((name) => path.join(dataDir, name))
		.reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);

async function diskOf(dataDir: string): Promise<HubStatus['disk']> {
	try {
		const { bavail, blocks, bsize } = await statfs(dataDir);
		return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
	} catch {
		// Not every file system says; the page then says that it is unknown.
		return null;
	}
}

function certificateOf(certificate: X509Certificate, now: number): HubCertificate {
	const validTo = Date.parse(certificate.validTo);
	return {
		validTo,
		daysLeft: Math.floor((validTo - now) / DAY_MS),
		names: certificate.subjectAltName ?? certificate.subject
	};
}
