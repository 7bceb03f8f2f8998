/** Words of the first page after unlocking. */
import { isolated } from './isolated';
export const todayText = {
	heading: 'Heute',
	take: 'Anliegen aufnehmen',
	takeKey: 'N',
	drafts: 'Entwürfe',
	draftBy: (owner: string, when: string) => `von ${isolated(owner)}, ${when}`,
	continueDraft: (form: string) => `${form} weiter ausfüllen`,
	newest: 'Neueste Anliegen an diesem Schalter',
	noneNewest: 'Hier stehen die Anliegen dieses Schalters, das neueste zuerst. „Anliegen aufnehmen“ beginnt das erste.',
	all: 'Alle Anliegen',
	urgent: 'Dringend',
	noneUrgent: 'Zurzeit ist nichts dringend.',
	openHere: 'Offen an diesem Schalter',
	noneOpen: 'Zurzeit ist hier nichts offen.',
	more: (count: string) => `und ${count} weitere`,
	health: 'Dieses Gerät',
	saveLabel: 'Speichern',
	save: {
		saved: 'Alles gesichert auf diesem Gerät',
		saving: 'Wird gesichert …',
		failed: 'Nicht gesichert – bitte auf Papier notieren und die Leitung rufen'
	},
	copies: (count: number) => (count >= 2 ? `${count} Kopien` : 'eine Kopie'),
	exchangeLabel: 'Abgleich',
	noServer: 'Kein Server eingetragen. Weiterarbeiten geht; Anliegen bleiben auf diesem Gerät.',
	unreachable: 'Server nicht erreichbar. Weiterarbeiten geht.',
	neverExchanged: 'Noch kein Abgleich gelaufen.',
	lastExchange: (when: string) => `Zuletzt ${when}`,
	unsent: (count: string) => `· ${count} nicht übertragen`,
	nothingUnsent: '· nichts zu übertragen',
	appointmentsLabel: 'Terminliste',
	appointments: 'Keine eingelesen. Wartende ohne Liste bedienen: „Anliegen aufnehmen“.',
	copyLabel: 'Kopie im Ordner',
	copyAt: (folder: string, at: string) => `„${folder}“, zuletzt ${at}`,
	copyNever: (folder: string) => `„${folder}“, noch nicht geschrieben`,
	copyFailed: (folder: string) => `„${folder}“ wird gerade nicht beschrieben; mehr unter „Verwaltung“.`,
	storageLabel: 'Speicherplatz',
	storage: (free: string) => `${free} frei`,
	storageUnknown: 'Der Browser nennt keine Größe.',
	persisted: 'vor dem Aufräumen des Browsers geschützt',
	notPersisted: 'vom Browser nicht fest zugesagt. In einem privaten Fenster behält der Browser nichts.'
} as const;

export const appointmentsText = {
	heading: 'Termine',
	none: 'Hier wird die Terminliste des Tages stehen, sobald diese Version Termine einlesen kann.',
	meanwhile: 'Bis dahin: die Tagesliste auf Papier nutzen und jede Person über „Anliegen aufnehmen“ erfassen.',
	take: 'Anliegen aufnehmen'
} as const;
