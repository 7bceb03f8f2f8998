/** A small marker outside the database and the journal: a lower bound of what this device has written (LG3, DESIGN § 3.5). */
import { parseDeviceId, type DeviceId } from '$lib/domain/ids';
import type { Instant } from '$lib/domain/time';

/** It may lag behind what was saved (measured: 65 saves after a kill), and is never ahead of it. */
export interface DeviceMarker {
	readonly deviceId: DeviceId;
	/** When this identity was made: of two, the later one was the last that wrote here. */
	readonly incarnation: Instant;
	/** Highest number known to be saved. */
	readonly sequence: number;
}

const KEY = 'notschalter.device';
/** Cache Storage survives what takes the database, and the other way round. */
const CACHE = 'notschalter.device';
const CACHED_AT = '/notschalter.device';
/** Writing to the cache waits until so long nothing was saved. */
const CACHE_AFTER_MS = 1_000;

let waiting: ReturnType<typeof setTimeout> | undefined;

/** After a save, never before it. Nobody waits for the slower of the two places. */
export function writeMarker(marker: DeviceMarker): void {
	const before = parseMarker(localStorage.getItem(KEY));
	if (before && isBeyond(before, marker)) return;
	localStorage.setItem(KEY, JSON.stringify(marker));
	clearTimeout(waiting);
	waiting = setTimeout(() => void writeToCache(marker).catch(() => undefined), CACHE_AFTER_MS);
}

/** The higher of both; null where neither is. */
export async function readMarker(): Promise<DeviceMarker | null> {
	const here = parseMarker(localStorage.getItem(KEY));
	const cached = await readFromCache().catch(() => null);
	return here && cached ? (isBeyond(cached, here) ? cached : here) : (here ?? cached);
}

/** Operations that are certainly missing where this identity has come to `sequence`; null identity: none is here. */
export function missingBy(
	marker: DeviceMarker | null,
	identity: { readonly deviceId: DeviceId; readonly createdAt: Instant } | null,
	sequence: number
): number {
	if (!marker) return 0;
	if (identity?.deviceId === marker.deviceId) return Math.max(0, marker.sequence - sequence);
	return !identity || marker.incarnation > identity.createdAt ? marker.sequence : 0;
}

const isBeyond = (one: DeviceMarker, other: DeviceMarker): boolean =>
	one.deviceId === other.deviceId ? one.sequence > other.sequence : one.incarnation > other.incarnation;

async function writeToCache(marker: DeviceMarker): Promise<void> {
	if (!('caches' in globalThis)) return;
	const cache = await caches.open(CACHE);
	await cache.put(CACHED_AT, new Response(JSON.stringify(marker)));
}

async function readFromCache(): Promise<DeviceMarker | null> {
	if (!('caches' in globalThis)) return null;
	const found = await (await caches.open(CACHE)).match(CACHED_AT);
	return parseMarker((await found?.text()) ?? null);
}

function parseMarker(text: string | null): DeviceMarker | null {
	if (text === null) return null;
	// The first version wrote the id alone.
	const alone = parseDeviceId(text);
	if (alone.ok) return { deviceId: alone.value, incarnation: 0 as Instant, sequence: 0 };
	const value = parseJson(text);
	if (typeof value !== 'object' || value === null) return null;
	const { deviceId, incarnation, sequence } = value as Readonly<Record<string, unknown>>;
	const parsed = parseDeviceId(deviceId);
	if (!parsed.ok || !Number.isSafeInteger(incarnation) || !Number.isSafeInteger(sequence)) return null;
	return { deviceId: parsed.value, incarnation: incarnation as Instant, sequence: Number(sequence) };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
