/** Words of the way out: all open requests on paper or as a CSV file. */
export const exportText = {
	heading: 'Offene Anliegen ausgeben',
	what: 'Alle offenen Anliegen mit allen Angaben, auf Papier oder als Tabelle (CSV). Für den Fall, dass es anders nicht weitergeht.',
	warning:
		'Papier und Datei sind nicht verschlüsselt. Bitte nur so lange aufbewahren, wie sie gebraucht werden, und danach vernichten.',
	logged: 'Die Ausgabe wird im Protokoll vermerkt: wer, wann, wie viele.',
	notAllowed: 'Offene Anliegen ausgeben dürfen Leitung und Administration.',
	count: (count: string) => `${count} offene Anliegen`,
	none: 'Zurzeit ist kein Anliegen offen.',
	password: 'Eigenes Passwort',
	passwordMissing: 'Bitte das eigene Passwort eingeben.',
	wrongPassword: 'Das Passwort stimmt nicht. Es wurde nichts ausgegeben.',
	wait: (seconds: number) =>
		`Nach mehreren Fehlversuchen bitte ${seconds} Sekunden warten. Es wurde nichts ausgegeben.`,
	failed:
		'Die Ausgabe ging nicht. Es wurde nichts ausgegeben, und alle Anliegen sind unverändert da. Bitte noch einmal versuchen.',
	print: 'Alle drucken',
	csv: 'Als CSV speichern',
	ready: (count: string) => `${count} Anliegen sind bereit zum Drucken.`,
	printNow: 'Jetzt drucken',
	discard: 'Vom Bildschirm nehmen',
	saved: (count: string) => `${count} Anliegen als CSV gespeichert.`,
	fileName: (date: string) => `offene-anliegen-${date}.csv`,
	columns: {
		number: 'Vorgangsnummer',
		received: 'Eingang',
		matter: 'Anliegen',
		status: 'Status',
		urgency: 'Dringlichkeit',
		urgencyReason: 'Grund der Dringlichkeit',
		papers: 'Unterlagen',
		missing: 'Es fehlt noch',
		note: 'Notiz'
	},
	paper: (label: string, status: string) => `${label}: ${status}`
} as const;
