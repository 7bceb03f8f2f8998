/** TZID → zone: an IANA name, a Windows name, the places Exchange lists, or the rules that the file brings along. */
import type { Instant } from '$lib/domain/time';
import { BERLIN, instantOf, isZone, type WallTime } from './berlin-time';
import { ownZoneOf } from './ics-own-zone';
import { ZONE_BY_WINDOWS_NAME } from './ics-windows-zones';
import { PLACES_BY_ZONE } from './ics-zone-places';

export interface Zone {
	readonly instantOf: (wall: WallTime) => Instant;
	/** False: nobody knows the name, so it is read as Berlin. */
	readonly isKnown: boolean;
}
export type FindZone = (tzid: string) => Zone;

const zoneAt = (name: string, isKnown = true): Zone => ({ instantOf: (wall) => instantOf(name, wall), isKnown });
export const BERLIN_ZONE = zoneAt(BERLIN);
export const UTC_ZONE: Zone = { instantOf: (wall) => wall as number as Instant, isKnown: true };
const UNKNOWN_ZONE = zoneAt(BERLIN, false);

/** What a German Windows and people call the time here. */
const NAMES_OF_BERLIN = ['mitteleuropäische zeit', 'mitteleuropäische sommerzeit', 'mez', 'mesz', 'cet', 'cest'];
const UTC_NAMES = ['utc', 'gmt', 'z', 'coordinated universal time', 'tzone://microsoft/utc'];
const byWindowsName = new Map(Object.entries(ZONE_BY_WINDOWS_NAME).map(([name, zone]) => [name.toLowerCase(), zone]));

/** `ownZones`: lines of each VTIMEZONE. Every name is looked for once. */
export function createFindZone(ownZones: readonly (readonly string[])[]): FindZone {
	const ownByName = new Map<string, readonly string[]>();
	for (const lines of ownZones) {
		const name = lines.map((line) => /^TZID[^:]*:(.*)/i.exec(line)?.[1]).find((found) => found !== undefined);
		if (name !== undefined) ownByName.set(plain(name), lines);
	}
	const found = new Map<string, Zone>();
	return (tzid) => {
		const name = plain(tzid);
		const zone = found.get(name) ?? search(name, ownByName.get(name));
		found.set(name, zone);
		return zone;
	};
}

function search(name: string, own: readonly string[] | undefined): Zone {
	const lower = name.toLowerCase();
	if (UTC_NAMES.includes(lower)) return UTC_ZONE;
	const exact = NAMES_OF_BERLIN.includes(lower) ? BERLIN : (byWindowsName.get(lower) ?? name);
	if (isZone(exact)) return zoneAt(exact);
	const brought = own && ownZoneOf(own);
	if (brought) return { instantOf: brought, isKnown: true };
	const likely = endOfPath(name) ?? zoneOfPlaces(name);
	return likely !== null && isZone(likely) ? zoneAt(likely) : UNKNOWN_ZONE;
}

const plain = (tzid: string): string => tzid.replace(/\\([,;\\])/g, '$1').replace(/^["\s]+|["\s]+$/g, '');

/** Mozilla and Evolution: `/mozilla.org/20050126_1/Europe/Berlin`. */
const endOfPath = (name: string): string | null =>
	/\/([A-Z][A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?)$/.exec(name)?.[1] ?? null;

const placesByZone = Object.values(ZONE_BY_WINDOWS_NAME).map((zone): readonly [string, ReadonlySet<string>] => {
	const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? '';
	return [zone, new Set([city, ...(PLACES_BY_ZONE[zone] ?? '').split(/, /)].map(placeKey))];
});

/** „(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien“: the zone that shares most places with it, in whatever language. */
function zoneOfPlaces(name: string): string | null {
	const listed = /^\((?:UTC|GMT)[^)]{0,12}\)\s*(.{1,200})$/i.exec(name)?.[1];
	if (listed === undefined) return null;
	const places = listed.split(',').map(placeKey);
	let best: { zone: string | null; shared: number } = { zone: null, shared: 0 };
	for (const [zone, known] of placesByZone) {
		const shared = places.filter((place) => place !== '' && known.has(place)).length;
		if (shared > best.shared) best = { zone, shared };
	}
	return best.zone;
}

function placeKey(place: string): string {
	return place.trim().toLowerCase().replace('&', 'and');
}
