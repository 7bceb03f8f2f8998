/** What somebody should do something about, as sentences; none: all is well. */
import type { HubDevice, HubSpace, HubStatus } from './hub-status';
import { storageSentence } from './storage-fault';

const HOUR_MS = 3_600_000;
const LEAST_FREE_BYTES = 1e9;
const LEAST_DAYS = 21;
/** A backup that somebody makes by hand, or a task of the system does. */
const OLDEST_BACKUP_HOURS = 24 * 7;
/** Gaps that are written out; a device that came back from an old copy may have many. */
const NAMED_GAPS = 5;

export const concernsOf = (status: HubStatus): readonly string[] => [
	...(status.storage === 'ready' ? [] : [storageSentence(status.storage)]),
	...status.spaces.flatMap((space) => space.devices.flatMap((device) => ofDevice(space, device))),
	...ofDisk(status),
	...ofCertificate(status),
	...ofBackup(status)
];

/** As people call it: the server knows no names of counters, they are sealed. */
export const nameOf = ({ number, deviceId }: HubDevice): string => `Gerät ${number} (${deviceId.slice(0, 8)})`;

function ofDevice({ commune }: HubSpace, device: HubDevice): readonly string[] {
	// What a lost device had written and never brought, hardly anybody can bring; the table shows it.
	if (device.revoked) return [];
	const lacking = device.gaps
		.slice(0, NAMED_GAPS)
		.map(([from, to]) => (from === to ? `Buchung ${from} fehlt` : `Buchungen ${from} bis ${to} fehlen`));
	const more = device.gaps.length - NAMED_GAPS;
	const name = `${commune}, ${nameOf(device)}`;
	return [
		...(lacking.length > 0
			? [
					`${name}: ${lacking.join(', ')}${more > 0 ? ` und ${more} weitere Lücken` : ''}. Das Gerät oder ein anderes, das sie hat, bitte abgleichen.`
				]
			: []),
		...(device.forked
			? [
					`${name}: Unter dieser Kennung wurde zweimal geschrieben (kopiertes oder zurückgesetztes Gerät). Nichts ist verloren; die Leitung sieht unter „Abgleich“ nach.`
				]
			: [])
	];
}

const ofDisk = ({ disk }: HubStatus): readonly string[] =>
	disk && disk.freeBytes < LEAST_FREE_BYTES
		? ['Auf dem Datenträger des Servers ist weniger als 1 GB frei. Bitte Platz schaffen.']
		: [];

function ofCertificate({ certificate }: HubStatus): readonly string[] {
	if (certificate === null || certificate.daysLeft > LEAST_DAYS) return [];
	return [
		certificate.daysLeft < 0
			? 'Das Zertifikat ist abgelaufen: Geräte können nicht mehr abgleichen. Eingerichtete Geräte arbeiten weiter.'
			: `Das Zertifikat läuft in ${certificate.daysLeft} Tagen ab. Danach können Geräte nicht mehr abgleichen.`
	];
}

function ofBackup({ backup, now, startedAt }: HubStatus): readonly string[] {
	const { last, fault, everyHours } = backup;
	const concerns: string[] = [];
	if (fault) concerns.push(`Die letzte Sicherung ist gescheitert: ${fault.sentence}`);
	// Two turns late: one may just be under way.
	if (everyHours !== null && now - Math.max(last?.at ?? 0, startedAt) > 2 * everyHours * HOUR_MS)
		concerns.push('Die Sicherung ist überfällig.');
	if (everyHours === null && last && now - last.at > OLDEST_BACKUP_HOURS * HOUR_MS)
		concerns.push('Die letzte Sicherung ist älter als eine Woche.');
	if (last?.sameDisk)
		concerns.push(
			'Gesichert wird auf denselben Datenträger, auf dem die Datenbank liegt. Geht er kaputt, ist beides weg.'
		);
	if (last === null && everyHours === null) concerns.push('Es wird nicht gesichert: BACKUP_DIR ist nicht gesetzt.');
	return concerns;
}
