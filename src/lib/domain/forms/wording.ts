/** Sentences that several forms share: advice in the outage, next steps, sources. */

export const OUTAGE_NEIGHBOUR =
	'Nur Aufnahme. Erledigt wird über eine kooperierende Zulassungsbehörde (Sammelliste); das Kennzeichen kann dann ein fremdes Unterscheidungszeichen tragen.';

export const NEXT_STEPS_REGISTRATION =
	'Der Antrag wird bearbeitet, sobald das Fachverfahren wieder läuft oder eine Nachbarbehörde hilft. Wir melden uns unter der angegebenen Telefonnummer oder E-Mail-Adresse. Bis zur Zulassung darf das Fahrzeug nicht im öffentlichen Verkehr fahren.';

export const NEXT_STEPS_PAPERS =
	'Die neuen Papiere werden ausgestellt, sobald das Fachverfahren wieder läuft. Wir melden uns zur Abholung. Dieser Beleg zeigt, dass der Antrag gestellt ist; er ersetzt die Papiere nicht.';

export const MUNICH_FEES = 'Richtwert aus München, es gilt die örtliche Gebühr.';

export const FZV = 'FZV (2023)';
export const MUNICH = 'München, ZMS services_de.json (it-at-m/eappointment)';
export const KREIS_SOEST =
	'https://www.kreis-soest.de/verkehr-wirtschaft/verkehr/zulassung/umschreibung/umschreibung-innerhalb';
