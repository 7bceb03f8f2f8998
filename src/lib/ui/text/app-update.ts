/** German words about the copy of the app on this device, and about new versions of it. */
export const appUpdateText = {
	ready: 'Neue Version bereit – wird beim nächsten Sperren übernommen.',
	now: 'Jetzt übernehmen',
	notLoaded:
		'Dieser Teil der App fehlt noch auf diesem Gerät. Gesichertes ist sicher. Bitte die Seite neu laden, sobald der Server wieder erreichbar ist.',
	offlineLabel: 'Ohne Server',
	offline: {
		unknown: 'Die App wird noch auf dieses Gerät geladen; so lange braucht sie den Server.',
		complete: 'Die App liegt vollständig auf diesem Gerät.',
		failed: 'Die App ließ sich nicht auf dieses Gerät laden: Ohne Server startet sie hier nicht.',
		unsupported: 'Dieser Browser behält die App nicht: Ohne Server startet sie hier nicht.'
	}
} as const;
