/** German words about new versions of the app. */
export const appUpdateText = {
	ready: 'Neue Version bereit – wird beim nächsten Sperren übernommen.',
	now: 'Jetzt übernehmen'
} as const;
