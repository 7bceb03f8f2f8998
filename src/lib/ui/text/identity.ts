/** Words around the identity of a device: copied profiles, templates, numbers given twice. */
import type { Instant } from '$lib/domain/time';
import { formatCount, formatDate, formatTime } from './format';

export const nameCounterText = {
	heading: 'Schalter benennen',
	what: 'Dieses Gerät wurde aus einer Vorlage kopiert. Es bekommt jetzt einen eigenen Namen und eigene Vorgangsnummern.',
	counter: 'Schalter',
	hint: 'So steht das Gerät künftig in allen Listen, zum Beispiel „Schalter 3“. Jeder Name sollte nur einmal vorkommen.',
	missing: 'Bitte den Schalter benennen.',
	submit: 'Weiter',
	lock: 'Abmelden'
} as const;

export const newIdentityText = {
	title: 'Dieses Gerät hat eine neue Kennung',
	what: 'Die Daten dieses Geräts wurden kopiert oder auf einen früheren Stand zurückgesetzt. Ein anderer Stand war schon im Abgleich.',
	safe: (count: number) =>
		count === 0
			? 'Alle Anliegen sind hier. Gedruckte Vorgangsnummern gelten weiter.'
			: `Alle Anliegen sind hier. Gedruckte Vorgangsnummern gelten weiter. ${formatCount(count, 'Buchung wurde', 'Buchungen wurden')} unter der neuen Kennung übernommen.`,
	todo: 'Es ist nichts zu tun. Wurde das Gerät als Ganzes kopiert, bitte die Leitung informieren.',
	noticed: 'Verstanden'
} as const;

export const formerText = {
	title: 'Frühere Kennungen dieses Geräts',
	entry: (code: string, at: Instant) => `Kennung ${code}, bis ${formatDate(at)}, ${formatTime(at)}`,
	copied: (count: number) =>
		count === 0
			? 'Daten kopiert oder zurückgesetzt'
			: `Daten kopiert oder zurückgesetzt; ${formatCount(count, 'Buchung', 'Buchungen')} übernommen`,
	template: 'Vorlage zum Klonen'
} as const;

export const templateText = {
	title: 'Als Vorlage zum Klonen abschließen',
	what: 'Für mehrere gleiche Geräte: Ein Gerät einrichten, als Vorlage abschließen und erst dann kopieren. Jede Kopie bekommt beim ersten Entsperren eine eigene Kennung.',
	open: 'Als Vorlage zum Klonen abschließen',
	intro: 'Das passiert jetzt:',
	steps: [
		'Dieses Gerät verliert seine Kennung und sperrt sich.',
		'Alle Anliegen, Mitarbeitenden und Server bleiben auf dem Gerät und auf jeder Kopie.',
		'Wer danach entsperrt, hier oder auf einer Kopie, benennt den Schalter. Erst dann entstehen neue Vorgangsnummern.'
	],
	before: 'Danach den Browser schließen und erst dann kopieren.',
	unsent: (count: number) =>
		`${formatCount(count, 'Buchung ist', 'Buchungen sind')} noch auf keinem Server. Besser zuerst abgleichen: Sonst sind sie nur auf diesem Gerät und seinen Kopien.`,
	allSent: 'Alles ist übertragen.',
	submit: 'Abschließen und sperren'
} as const;

export const doubleNumberText = {
	badge: 'Nummer doppelt vergeben',
	detail:
		'Diese Vorgangsnummer trägt noch ein anderes Anliegen: Ein Gerät wurde kopiert, und beide Geräte haben sie vergeben. Beide Anliegen sind vollständig. Bitte bei Rückfragen Name oder Kennzeichen vergleichen.',
	other: 'Anderes Anliegen mit dieser Nummer öffnen'
} as const;
