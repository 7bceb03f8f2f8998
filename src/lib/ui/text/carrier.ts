/** Words of „Datenträger schreiben“ and „Datenträger einlesen“, and what came of it in sentences. */
import type { CarrierFault, PeerInfo, ReadReport, WriteReport } from '$lib/services/carrier-desk';
import type { DroppedFiles } from '$lib/ui/state/dropped-files';
import { isolated } from './isolated';
import { formatBytes, formatCount, formatDateTime, formatNumber } from './format';

const THERE =
	'Dann am anderen Gerät unter „Abgleich“ „Datenträger einlesen“ drücken. Als übertragen zählt es hier erst, wenn ein Datenträger von dort zurückgekommen und eingelesen ist.';

export const carrierText = {
	intro:
		'Ohne Netz kommen Anliegen mit einem USB-Stick von Gerät zu Gerät, auch ganz ohne Server. Alles darauf ist verschlüsselt.',
	write: 'Datenträger schreiben',
	read: 'Datenträger einlesen',
	dropHere: 'Dateien lassen sich auch hierher ziehen.',
	peers: 'Geräte, deren Datenträger hier eingelesen wurden',
	peer: ({ counter, writtenAt, lackingCount }: PeerInfo) =>
		`${isolated(counter) || 'Unbekanntes Gerät'}: Stand vom ${formatDateTime(writtenAt)}. ${
			lackingCount === 0
				? 'Dort ist alles von hier.'
				: `Dort ${lackingCount === 1 ? 'fehlt' : 'fehlen'} nach diesem Stand ${formatCount(lackingCount, 'Buchung', 'Buchungen')} von hier.`
		}`,
	forget: 'Nicht mehr mitzählen',
	forgetOf: (counter: string) => `${isolated(counter) || 'Unbekanntes Gerät'} nicht mehr mitzählen`,
	close: 'Schließen',
	cancel: 'Abbrechen',

	what: 'Was soll auf den Datenträger?',
	everything: 'Alles, für jedes Gerät',
	/** Two identities of one counter are told apart by their state. */
	onlyLacking: ({ counter, writtenAt, lackingCount }: PeerInfo, peers: readonly PeerInfo[]) => {
		const isShared = peers.filter((peer) => peer.counter === counter).length > 1;
		const state = isShared ? `, Stand vom ${formatDateTime(writtenAt)}` : '';
		return `Nur was ${counterName(counter)} noch fehlt (${formatCount(lackingCount, 'Buchung', 'Buchungen')}${state})`;
	},
	size: 'Größe der Dateien',
	sizes: {
		whole: 'eine Datei',
		fat: 'höchstens 4 GB (Sticks mit FAT32)',
		mail: 'höchstens 25 MB (E-Mail)',
		small: 'höchstens 5 MB'
	},
	where: 'Speicherort wählen',
	download: 'Als Download speichern',
	writing: 'Der Datenträger wird geschrieben …',
	reading: 'Die Dateien werden eingelesen …',
	stopping: 'Wird beendet …',
	stay: 'Bitte hier bleiben, bis es fertig ist: Wenn der Bildschirm sich sperrt, hält es an. Was bis dahin eingelesen ist, bleibt.',
	stayWriting: 'Bitte hier bleiben, bis es fertig ist: Wenn der Bildschirm sich sperrt, hält es an.',
	operations: (done: number, total: number) => `${formatNumber(done)} von ${formatNumber(total)} Buchungen`,
	bytes: (done: number, total: number) => `${formatBytes(done)} von ${formatBytes(total)}`,
	written: 'Geschrieben',
	writtenWhat: ({ operations, files, bytes }: WriteReport) =>
		`${formatCount(operations, 'Buchung', 'Buchungen')} in ${formatCount(files.length, 'Datei', 'Dateien')} (${formatBytes(bytes)}).`,
	writtenNext: `Den Stick auswerfen. ${THERE}`,
	/** The browser gives a second file of one name another one, and tells nobody. */
	downloaded: 'Heruntergeladen',
	downloadedNext: `Bei den Downloads des Browsers prüfen, ob alles da ist, und es auf den Stick kopieren. Den Stick auswerfen. ${THERE}`,
	writeStopped: 'Das Schreiben wurde abgebrochen.',
	writeStoppedWhat: ({ files }: WriteReport) =>
		files.length === 0
			? 'Es wurde nichts geschrieben. Auf diesem Gerät ist alles gesichert.'
			: `${formatCount(files.length, 'Datei ist', 'Dateien sind')} fertig und für sich lesbar, die übrigen fehlen.`,

	files: 'Dateien vom Datenträger',
	filesHint: 'Alle Dateien mit der Endung .notschalter wählen, die zusammengehören.',
	filesMissing: 'Bitte mindestens eine Datei wählen.',
	folder: 'Ganzen Ordner wählen',
	emptyFolder: 'In diesem Ordner ist keine Datei mit der Endung .notschalter.',
	start: 'Einlesen',
	again: 'Weitere Dateien einlesen',
	finished: 'Eingelesen',
	attention: 'Eingelesen, aber nicht alles war in Ordnung',
	nothing: 'Davon konnte nichts übernommen werden'
} as const;

export const PART_BYTES = { whole: null, fat: 4_000_000_000, mail: 25_000_000, small: 5_000_000 } as const;

/** After „von“, and where something is lacking to it. */
const counterName = (counter: string): string => (counter === '' ? 'einem unbekannten Gerät' : isolated(counter));
/** The first few: a folder may hold thousands. */
const MOST_NAMED = 5;
const listed = (names: readonly string[]): string =>
	names.length > MOST_NAMED
		? `${names.slice(0, MOST_NAMED).join(', ')} und ${formatCount(names.length - MOST_NAMED, 'weitere', 'weitere')}`
		: names.join(', ');
const quoted = (names: readonly string[]): string => listed(names.map((name) => `„${isolated(name)}“`));
const verb = (names: readonly string[], one: string, many: string): string => (names.length === 1 ? one : many);

const SAFE = 'Auf diesem Gerät ist alles gesichert.';

export function carrierFaultText({ name }: CarrierFault): string {
	switch (name) {
		case 'NotFoundError':
			return `Der Speicherort ist nicht mehr da, vielleicht ist der Stick abgezogen. ${SAFE} Bitte einstecken und noch einmal schreiben.`;
		case 'NotAllowedError':
		case 'SecurityError':
			return `Der Browser darf dort nicht schreiben. ${SAFE} Bitte einen anderen Speicherort oder „Als Download speichern“ wählen.`;
		case 'QuotaExceededError':
			return `Der Platz reicht nicht. ${SAFE} Bitte Platz schaffen oder einen anderen Datenträger nehmen.`;
		case 'NotReadableError':
			return `Was geschrieben wurde, ließ sich nicht wieder lesen. ${SAFE} Bitte einen anderen Datenträger nehmen.`;
		default:
			return `Das ist gescheitert. ${SAFE} Bitte noch einmal versuchen oder einen anderen Datenträger nehmen.`;
	}
}

/** What of that which was dropped on the page cannot be read at all; each a sentence of its own. */
export function droppedText({ files, unreadable, isMoreThanTaken }: DroppedFiles): readonly string[] {
	return [
		...(unreadable.length > 0
			? [
					`${quoted(unreadable)} ${verb(unreadable, 'ließ', 'ließen')} sich nicht öffnen. Bitte prüfen, ob der Stick noch steckt, und noch einmal einlesen.`
				]
			: []),
		...(isMoreThanTaken
			? [
					`Auf einmal lassen sich ${formatNumber(files.length)} Dateien einlesen; es sind mehr. Bitte die übrigen danach einlesen.`
				]
			: []),
		...(files.length === 0 && unreadable.length === 0 ? [carrierText.emptyFolder] : [])
	];
}

/** What came, and what is to be looked at; each a sentence of its own. */
export function readReportText(report: ReadReport): {
	readonly came: readonly string[];
	readonly look: readonly string[];
} {
	return { came: whatCame(report), look: [...aboutFiles(report), ...aboutContent(report)] };
}

/** Whether anything of it was of use, if only that everything was there already. */
export const tookAnything = ({ added, known, records, writers, isOwn }: ReadReport): boolean =>
	added + known + records + writers.length > 0 || isOwn;

function whatCame({ requests, appointments, added, known, records, writers, isOwn }: ReadReport): string[] {
	return [
		...requests.map(
			({ counter, count }) => `${formatCount(count, 'Anliegen', 'Anliegen')} von ${counterName(counter)} übernommen.`
		),
		...(appointments > 0 ? [`${formatCount(appointments, 'Termin', 'Termine')} übernommen.`] : []),
		...(added > 0 ? [`${formatCount(added, 'Buchung', 'Buchungen')} ${added === 1 ? 'war' : 'waren'} neu.`] : []),
		...(known > 0 ? [`${formatCount(known, 'Buchung war', 'Buchungen waren')} schon da.`] : []),
		...(records > 0
			? [`Die Liste der Mitarbeitenden wurde ergänzt (${formatCount(records, 'Eintrag', 'Einträge')}).`]
			: []),
		...(added + records === 0 && writers.length > 0 ? ['Es war nichts Neues dabei.'] : []),
		...writers.map(
			({ counter }) =>
				`Was ${isolated(counter) || 'dieses Gerät'} von hier schon hat, ist jetzt bekannt und zählt als übertragen.`
		),
		...(isOwn ? ['Geschrieben hat das dieses Gerät selbst; als übertragen zählt davon nichts.'] : [])
	];
}

function aboutFiles(report: ReadReport): string[] {
	const { foreign, newer, otherSpace, unreadable, cutOff, doubled, missingParts, lacksLast, fault, stopped } = report;
	return [
		...(fault ? [faultText(fault)] : []),
		...(stopped ? ['Das Einlesen wurde abgebrochen. Was bis dahin gelesen war, ist übernommen.'] : []),
		...(otherSpace.length > 0
			? [
					`${quoted(otherSpace)} ${verb(otherSpace, 'gehört', 'gehören')} zu einem anderen Verbund. Daraus wurde nichts übernommen.`
				]
			: []),
		...(foreign.length > 0
			? [
					`${quoted(foreign)} ${verb(foreign, 'ist', 'sind')} kein Datenträger von Notschalter und ${verb(foreign, 'blieb', 'blieben')} ungelesen.`
				]
			: []),
		...(newer.length > 0
			? [
					`${quoted(newer)} ${verb(newer, 'ist', 'sind')} von einer neueren Version. Bitte Notschalter auf diesem Gerät erneuern und noch einmal einlesen.`
				]
			: []),
		...(unreadable.length > 0
			? [
					`${quoted(unreadable)} ${verb(unreadable, 'ließ', 'ließen')} sich nicht lesen. Bitte prüfen, ob der Stick noch steckt, und noch einmal einlesen.`
				]
			: []),
		...(cutOff.length > 0
			? [`${quoted(cutOff)} ${verb(cutOff, 'ist', 'sind')} nicht vollständig. Was vor dem Ende steht, ist übernommen.`]
			: []),
		...(doubled.length > 0 ? [`${quoted(doubled)} ${verb(doubled, 'war', 'waren')} doppelt; das schadet nicht.`] : []),
		...(missingParts.length > 0
			? [
					missingParts.length === 1
						? `Teil ${formatNumber(missingParts[0]!)} fehlt noch und kann später eingelesen werden.`
						: `Die Teile ${listed(missingParts.map(formatNumber))} fehlen noch und können später eingelesen werden.`
				]
			: []),
		...(lacksLast ? ['Der letzte Teil fehlt noch. Er kann später eingelesen werden.'] : [])
	];
}

const faultText = ({ name }: CarrierFault): string =>
	name === 'QuotaExceededError'
		? 'Der Speicherplatz auf diesem Gerät reicht nicht. Was bis dahin gelesen war, ist übernommen.'
		: 'Auf diesem Gerät konnte nicht alles gespeichert werden. Was bis dahin gelesen war, ist übernommen. Bitte noch einmal einlesen.';

function aboutContent({ damaged, forged, refused, apart, waiting, isUnknownWriter }: ReadReport): string[] {
	return [
		...(damaged > 0
			? [
					`${formatCount(damaged, 'Stelle ist', 'Stellen sind')} beschädigt und ${damaged === 1 ? 'wurde' : 'wurden'} ausgelassen. Bitte den Datenträger noch einmal schreiben lassen und einlesen.`
				]
			: []),
		...(forged > 0
			? [
					`${formatCount(forged, 'Stelle wurde', 'Stellen wurden')} nachträglich verändert und nicht übernommen. Bitte die Leitung rufen.`
				]
			: []),
		...(refused > 0
			? [
					`${formatCount(refused, 'Sendung wurde', 'Sendungen wurden')} nicht übernommen, weil die Unterschrift des Geräts nicht stimmt oder das Gerät hier noch nicht bekannt ist. Bitte später noch einmal einlesen.`
				]
			: []),
		...(apart > 0
			? [
					`${formatCount(apart, 'Buchung widerspricht', 'Buchungen widersprechen')} dem, was hier ist, und ${apart === 1 ? 'liegt' : 'liegen'} beiseite.`
				]
			: []),
		...(waiting > 0
			? [
					`${formatCount(waiting, 'Buchung lässt', 'Buchungen lassen')} sich hier noch nicht prüfen. Bitte später noch einmal einlesen.`
				]
			: []),
		...(isUnknownWriter
			? [
					'Das Gerät, das geschrieben hat, ist in diesem Verbund nicht bekannt oder gesperrt. Was es angeblich schon hat, zählt nicht als übertragen.'
				]
			: [])
	];
}
