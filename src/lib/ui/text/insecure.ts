/** Words for an address under which browsers offer neither cryptography nor storage. */
export const insecureText = {
	heading: 'Diese Adresse ist nicht geschützt',
	what: (origin: string) =>
		`Notschalter verschlüsselt alles auf diesem Gerät. Browser erlauben das nur unter Adressen, die mit „https://“ beginnen und deren Zertifikat sie kennen. Unter ${origin} ist das nicht der Fall.`,
	safe: 'Es ist nichts verloren: Was an diesem Gerät unter einer anderen Adresse aufgenommen wurde, liegt weiterhin dort.',
	stepsTitle: 'Was jetzt hilft',
	open: 'Mit „https://“ öffnen',
	steps: [
		'Die Adresse vom Notfallblatt oder vom Bildschirm des Servers abschreiben, mit „https://“ davor.',
		'Erscheint dort eine Warnung, kennt dieses Gerät das Zertifikat noch nicht: Die Person, die den Server betreut, nennt die Seite mit der Anleitung.',
		'Am Server selbst geht auch „http://localhost“ mit derselben Portnummer.'
	],
	operatorTitle: 'Für die Person, die den Server betreut',
	operator:
		'Der Server läuft ohne Zertifikat. Mit „npm start -- --lan“ stellt er sich selbst eines aus und zeigt, wie Geräte ihm vertrauen; mit TLS_CERT und TLS_KEY benutzt er eines der eigenen Stelle.'
};

/** The same address over TLS. */
export const securedAddress = ({ host, pathname }: Pick<Location, 'host' | 'pathname'>): string =>
	`https://${host}${pathname}`;
