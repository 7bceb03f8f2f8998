/** Words for requests: what their states are called, the list, and the page of one request. */
import type { PaperStatus, RequestStatus, Urgency } from '$lib/domain/request';
import type { SaveError } from '$lib/services/workspace';
import { isolated } from './isolated';

export const statusText: { readonly [S in RequestStatus]: string } = {
	open: 'offen',
	query: 'Rückfrage',
	done: 'erfasst',
	withdrawn: 'zurückgezogen'
};

export const urgencyText: { readonly [U in Urgency]: string } = {
	normal: 'normal',
	high: 'dringend',
	immediate: 'sofort'
};

export const paperText: { readonly [P in PaperStatus]: string } = {
	present: 'liegt vor',
	missing: 'fehlt',
	'not-needed': 'entfällt'
};

/** What happened, what is safe, what to do. */
export function saveErrorText(error: SaveError): string {
	switch (error.type) {
		case 'not-written':
			return `Nicht gespeichert: Der Speicher dieses Geräts nimmt gerade nichts an (${error.name}). Die Angaben stehen noch hier. Bitte noch einmal speichern; hilft das nicht, die Angaben auf Papier notieren.`;
		case 'too-large':
			return 'Nicht gespeichert: Die Angaben sind zu umfangreich. Alles steht noch hier. Bitte die Notiz kürzen oder weniger Fahrzeuge auf einmal aufnehmen.';
		case 'locked':
			return 'Nicht gespeichert: Das Gerät wurde gerade gesperrt. Der Entwurf ist gesichert. Bitte entsperren und noch einmal speichern.';
		case 'not-allowed':
			return 'Nicht gespeichert: Dazu fehlt die Berechtigung. Es wurde nichts geändert. Bitte die Leitung darum bitten.';
		case 'refused':
			return (
				refusalText[error.rule] ??
				'Nicht gespeichert: Das passt nicht mehr zum Stand dieses Anliegens. Es wurde nichts geändert. Bitte das Anliegen neu öffnen und nachsehen.'
			);
	}
}

const refusalText: { readonly [rule: string]: string } = {
	'already-done': 'Nicht gespeichert: Dieses Anliegen ist schon als erfasst abgeschlossen. Es wurde nichts geändert.',
	'already-withdrawn': 'Nicht gespeichert: Dieses Anliegen ist zurückgezogen. Es wurde nichts geändert.',
	'already-open': 'Dieses Anliegen ist schon offen. Es wurde nichts geändert.',
	'nothing-to-settle': 'Der Widerspruch ist schon geklärt. Es wurde nichts geändert.',
	'reason-required': 'Nicht gespeichert: Bitte einen Grund angeben.',
	'received-reason-required': 'Nicht gespeichert: Bitte den Grund für den früheren Eingang angeben.',
	'reference-required': 'Nicht gespeichert: Bitte das Aktenzeichen eintragen. Gibt es keines, bitte „ohne“ eintragen.',
	'reference-too-long': 'Nicht gespeichert: Das Aktenzeichen ist zu lang. Höchstens 200 Zeichen.',
	'question-required': 'Nicht gespeichert: Bitte die Frage eintragen.',
	'text-required': 'Nicht gespeichert: Bitte erst einen Text eintragen.',
	'text-too-long': 'Nicht gespeichert: Ein Text ist zu lang. Höchstens 20.000 Zeichen. Alles steht noch hier.',
	'too-large': 'Nicht gespeichert: Die Angaben sind zu umfangreich. Alles steht noch hier. Bitte die Notiz kürzen.',
	'not-found': 'Nicht gespeichert: Dieses Anliegen ist auf diesem Gerät nicht vorhanden. Bitte in der Liste nachsehen.',
	'nothing-changed': 'Es gab nichts zu speichern: Alle Angaben stehen schon so im Anliegen.'
};

export const requestListText = {
	heading: 'Anliegen',
	take: 'Anliegen aufnehmen',
	search: 'Suchen',
	searchHint: 'Name, Kennzeichen, FIN oder Vorgangsnummer. Ein Beleg lässt sich hier einscannen.',
	clear: 'Suche leeren',
	filters: 'Filter',
	status: 'Status',
	type: 'Art',
	urgency: 'Dringlichkeit',
	allTypes: 'Alle Arten',
	today: 'heute',
	chip: (label: string, count: string) => `${label} ${count}`,
	reset: 'Filter aufheben',
	listLabel: 'Anliegen, neueste zuerst',
	keys: 'Pfeiltasten: wählen · Enter: öffnen · B: Beleg',
	columns: {
		time: 'Eingang',
		number: 'Nummer',
		matter: 'Anliegen',
		name: 'Name',
		key: 'Kennzeichen',
		status: 'Status',
		deadline: 'Frist',
		counter: 'Schalter'
	},
	shown: (count: string, all: string) => (count === all ? `${all} Anliegen` : `${count} von ${all} Anliegen`),
	loading: 'Ältere Anliegen werden noch geladen …',
	none: 'Hier stehen alle Anliegen, die an diesem Gerät aufgenommen wurden oder mit einem Abgleich kamen. Noch ist keines da.',
	noneFiltered: 'Zu diesen Filtern gibt es kein Anliegen.',
	noneFound:
		'Nichts gefunden. Vielleicht anders geschrieben, oder an einem anderen Schalter aufgenommen und noch nicht abgeglichen.',
	absent: (number: string) => `Der Vorgang ${number} ist auf diesem Gerät nicht vorhanden.`,
	absentWhy:
		'Die Nummer ist richtig geschrieben. Der Vorgang wurde vielleicht an einem anderen Schalter aufgenommen und kommt mit dem nächsten Abgleich.',
	noName: 'ohne Namen',
	unknownForm: 'Anliegen von neuerer Version',
	newer: 'von neuerer Version',
	conflict: (count: number) => (count === 1 ? '1 Widerspruch' : `${count} Widersprüche`),
	missing: (count: number) => (count === 1 ? '1 Angabe fehlt' : `${count} Angaben fehlen`),
	unknownCounter: 'anderes Gerät'
} as const;

export const requestText = {
	loading: 'Das Anliegen wird geöffnet …',
	notFoundHeading: 'Anliegen nicht vorhanden',
	notFound:
		'Dieses Anliegen ist auf diesem Gerät nicht vorhanden. Wurde es an einem anderen Schalter aufgenommen, kommt es mit dem nächsten Abgleich.',
	toList: 'Zur Liste',
	number: 'Vorgangsnummer',
	received: 'Eingang',
	receivedEarlier: (when: string, reason: string) => `${when} (nachträglich eingetragen: ${isolated(reason)})`,
	counter: 'Aufgenommen an',
	deadline: 'Frist',
	norm: 'Rechtsgrundlage',
	fee: 'Gebühr',
	reference: 'Aktenzeichen',
	amend: 'Ergänzen',
	print: 'Beleg drucken',
	withdraw: 'Zurückziehen',
	withdrawHeading: 'Anliegen zurückziehen?',
	withdrawWhat: 'Das Anliegen bleibt mit seinem Verlauf erhalten und wird nicht mehr nacherfasst.',
	withdrawReason: 'Warum wird es zurückgezogen?',
	withdrawReasonMissing: 'Bitte einen Grund angeben, zum Beispiel „auf Wunsch zurückgezogen“.',
	withdrawn: (reason: string) => `Zurückgezogen: ${isolated(reason)}`,
	query: 'Rückfrage der Sachbearbeitung',
	queryAnswer: 'Antwort',
	queryAnswered: 'Beantwortet, zurück an die Nacherfassung',
	queryAnswerMissing: 'Bitte die Antwort eintragen. Sie steht danach im Verlauf.',
	data: 'Angaben',
	papers: 'Unterlagen',
	noPapers: 'Zu diesem Anliegen gehören keine Unterlagen.',
	notes: 'Notizen',
	note: 'Notiz',
	addNote: 'Notiz hinzufügen',
	newNote: 'Neue Notiz',
	noteMissing: 'Bitte erst einen Text eintragen.',
	noteAdded: 'Notiz gespeichert.',
	papersSaved: 'Unterlagen gespeichert.',
	savePapers: 'Unterlagen speichern',
	timeline: 'Verlauf',
	missing: 'Es fehlt noch',
	urgency: 'Dringlichkeit',
	urgencyWith: (urgency: string, reason: string) => (reason ? `${urgency}: ${isolated(reason)}` : urgency),
	batch: (count: number) =>
		`Gemeinsam aufgenommen mit ${count === 1 ? 'einem weiteren Anliegen' : `${count} weiteren Anliegen`}`,
	newer:
		'An diesem Anliegen hat ein Gerät mit einer neueren Version etwas geändert, das hier noch nicht angezeigt werden kann. Es ist gespeichert und wird weitergegeben.',
	reopen: 'Wieder öffnen',
	reopenHeading: 'Anliegen wieder öffnen?',
	reopenWhat: 'Es steht danach wieder in der Nacherfassung.',
	reopenReason: 'Warum wird es wieder geöffnet?',
	reopenReasonMissing: 'Bitte einen Grund angeben.',
	reopened: 'Das Anliegen ist wieder offen.',
	doneInfo: (reference: string) =>
		reference ? `Erfasst unter Aktenzeichen ${isolated(reference)}.` : 'Im Fachverfahren erfasst.',
	empty: 'keine Angabe',
	back: 'Zurück',
	cancel: 'Abbrechen'
} as const;

export const conflictText = {
	heading: (label: string) => `Zwei Angaben zu „${label}“`,
	what: 'Zwei Geräte haben dieses Feld geändert, ohne voneinander zu wissen. Beide Angaben sind gespeichert. Welche gilt?',
	by: (staff: string, counter: string, when: string) => `${isolated(staff)}, ${isolated(counter)}, ${when}`,
	unknownStaff: 'unbekannte Person',
	keep: 'Diesen Wert behalten',
	settled: (label: string) => `„${label}“ ist geklärt.`
} as const;

export const timelineText = {
	newer: 'von neuerer Version',
	newerStep: 'Weiterer Schritt',
	newerWhat: 'Dieser Schritt stammt von einer neueren Version und wird hier noch nicht im Einzelnen angezeigt.',
	change: (label: string, before: string, after: string) => `${label}: ${isolated(before)} → ${isolated(after)}`,
	first: (label: string, after: string) => `${label}: ${isolated(after)}`,
	again: (signedBy: string | null) =>
		signedBy === null
			? 'Unter neuer Kennung des Geräts übernommen'
			: `Unter neuer Kennung des Geräts übernommen von ${isolated(signedBy)}; der Name darüber ist von dort angegeben`,
	reason: (reason: string) => `Grund: ${isolated(reason)}`,
	more: (count: number) => `${count} Angaben`,
	yes: 'ja',
	no: 'nein',
	types: {
		'request-opened': 'Aufgenommen',
		'request-amended': 'Ergänzt',
		'request-note-added': 'Notiz hinzugefügt',
		'request-papers-marked': 'Unterlagen geändert',
		'request-withdrawn': 'Zurückgezogen',
		'conflict-settled': 'Widerspruch geklärt',
		'receipt-issued': 'Beleg ausgegeben',
		'reentry-progressed': 'Übertragen',
		'reentry-completed': 'Als erfasst abgeschlossen',
		'reentry-returned': 'Zurück an Schalter'
	} as { readonly [type: string]: string },
	paths: {
		status: 'Status',
		urgency: 'Dringlichkeit',
		urgencyReason: 'Grund der Dringlichkeit',
		received: 'Eingang am',
		note: 'Notiz',
		notes: 'Notiz',
		missing: 'Es fehlt noch',
		withdrawnReason: 'Grund des Zurückziehens',
		query: 'Rückfrage',
		reference: 'Aktenzeichen',
		reentry: 'Übertragen',
		receipt: 'Belege'
	} as { readonly [path: string]: string }
} as const;

export const doubleNumberText = {
	badge: 'Nummer doppelt vergeben',
	detail:
		'Diese Vorgangsnummer trägt noch ein anderes Anliegen: Ein Gerät wurde kopiert, und beide Geräte haben sie vergeben. Beide Anliegen sind vollständig. Bitte bei Rückfragen Name oder Kennzeichen vergleichen.',
	other: 'Anderes Anliegen mit dieser Nummer öffnen'
} as const;
