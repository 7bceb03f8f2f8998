/** One German sentence for every rule a form can name: errors, hints and what is missing. */
import type { Violation } from '$lib/domain/forms/form';
import type { Rule } from '$lib/domain/validators/finding';
import { isolated, visible } from './isolated';

/** Parts of a sentence: `label` is the field's, the rest come from the validator; an absent one is ''. */
interface Parts {
	readonly label: string;
	readonly detail: (name: string) => string;
	/** „A oder B“. */
	readonly proposals: string;
}
type Sentence = (parts: Parts) => string;

const meant = (proposals: string): string => (proposals === '' ? '' : ` Gemeint ist vielleicht ${proposals}.`);

const SENTENCES: { readonly [R in Rule]: Sentence } = {
	'birth-date-future': ({ label }) => `„${label}“ liegt in der Zukunft.`,
	'birth-date-minor': ({ label }) =>
		`Nach „${label}“ noch nicht 18 Jahre alt: Einverständnis der Eltern und Fahrerlaubnis nötig.`,
	'birth-date-very-old': ({ label, detail }) => `„${label}“ ergibt ${detail('years')} Jahre – stimmt das Jahr?`,
	characters: ({ label, detail }) =>
		`„${label}“ enthält ${detail('characters')} – das Fachverfahren nimmt diese Zeichen vielleicht nicht an.`,
	'choice-unknown': ({ label }) => `Bei „${label}“ bitte eine der angebotenen Möglichkeiten wählen.`,
	'contact-missing': () => 'Ohne Telefon oder E-Mail ist kein Rückruf möglich – bitte mindestens eines eintragen.',
	'date-ambiguous': ({ label, proposals }) => `„${label}“ ist nicht eindeutig: ${proposals}?`,
	'date-format': ({ label }) => `„${label}“ bitte als Datum eintragen, zum Beispiel 1.2.1960 oder 010260.`,
	'date-future': ({ label }) => `„${label}“ liegt in der Zukunft – stimmt das?`,
	'date-impossible': ({ label }) => `„${label}“: Diesen Tag gibt es im Kalender nicht.`,
	'date-partial': ({ label }) => `„${label}“ ist nur zum Teil bekannt und wird so übernommen.`,
	'date-past': ({ label }) => `„${label}“ liegt in der Vergangenheit – stimmt das?`,
	'date-year': ({ label }) => `„${label}“: Dieses Jahr kann nicht stimmen.`,
	'email-domain': ({ label, detail }) => `„${label}“: Soll die Adresse auf ${detail('domain')} enden?`,
	'email-format': ({ label }) => `„${label}“ ist keine Adresse – sie braucht ein @ und eine Endung wie .de.`,
	'evb-characters': ({ label, detail, proposals }) =>
		`In „${label}“ kommt ${detail('characters')} nicht vor.${meant(proposals)}`,
	'evb-length': ({ label, detail }) => `„${label}“ hat 7 Zeichen, eingetragen sind ${detail('count')}.`,
	'house-number-format': ({ label }) => `„${label}“ bitte wie 12, 12a, 12-14 oder 12 1/2 eintragen, sonst „ohne“.`,
	'hsn-format': ({ label, proposals }) => `„${label}“ besteht aus 4 Ziffern.${meant(proposals)}`,
	'iban-characters': ({ label, proposals }) =>
		`„${label}“ enthält Zeichen, die an dieser Stelle nicht vorkommen.${meant(proposals)}`,
	'iban-check-digits': ({ label, proposals }) =>
		`„${label}“: Die Prüfziffern passen nicht – vermutlich ein Tippfehler.${meant(proposals)}`,
	'iban-country': ({ label }) => `„${label}“ beginnt mit einem Land, das es nicht gibt – in Deutschland mit DE.`,
	'iban-foreign': ({ label, detail }) =>
		detail('sepa') === 'no'
			? `„${label}“ ist aus ${detail('country')} und damit außerhalb des SEPA-Raums – für die Kfz-Steuer reicht sie nicht.`
			: `„${label}“ ist aus ${detail('country')} – stimmt das?`,
	'iban-length': ({ label, detail }) =>
		`„${label}“ hat nicht die richtige Länge (${detail('count')} Zeichen, in Deutschland 22).`,
	'month-format': ({ label }) => `„${label}“ bitte als Monat eintragen, zum Beispiel 05/2025.`,
	'month-impossible': ({ label }) => `„${label}“: Monate gehen von 01 bis 12.`,
	'month-past': ({ label }) => `„${label}“ ist abgelaufen – liegt ein neuer Nachweis vor?`,
	'name-characters': ({ label, detail }) =>
		`„${label}“ enthält ${detail('characters')} – Namen stehen in amtlichen Registern nur mit lateinischen Buchstaben (DIN 91379). Bitte die Schreibweise aus dem Ausweis eintragen.`,
	'number-format': ({ label }) => `„${label}“ bitte als ganze Zahl eintragen.`,
	'phone-emergency': ({ label }) => `„${label}“ ist eine Servicenummer – dort ist niemand zurückzurufen.`,
	'phone-format': ({ label }) => `„${label}“ besteht aus Ziffern, vorn auch mit +.`,
	'phone-length': ({ label }) => `„${label}“ hat zu wenige oder zu viele Ziffern.`,
	'phone-no-area-code': ({ label }) => `„${label}“ hat keine Vorwahl – Ortsnetz ergänzen?`,
	'phone-short': ({ label }) => `„${label}“ ist ungewöhnlich kurz – vollständig?`,
	'plate-ambiguous': ({ label, proposals }) => `„${label}“ lässt sich verschieden lesen: ${proposals}?`,
	'plate-authority': ({ label }) => `„${label}“: Dieses Behördenkennzeichen hat nur Ziffern.`,
	'plate-authority-read': ({ label }) =>
		`„${label}“: als Kennzeichen einer Botschaft oder eines Konsulats gelesen – richtig?`,
	'plate-characters': ({ label }) => `„${label}“ besteht aus Buchstaben und Ziffern, zum Beispiel SO-AB 123.`,
	'plate-code-legacy': ({ label, detail }) =>
		`„${label}“: Unterscheidungszeichen ${detail('code')} (${detail('place')}) wird nicht mehr vergeben – altes Kennzeichen?`,
	'plate-code-umlaut': ({ label, detail }) =>
		`„${label}“: Unterscheidungszeichen ${detail('code')} ist unbekannt – ist ${detail('meant')} gemeint?`,
	'plate-code-unknown': ({ label, detail }) =>
		`„${label}“: Unterscheidungszeichen ${detail('code')} ist nicht in der Liste (Stand Juli 2023) – altes oder ganz neues Kennzeichen?`,
	'plate-digits-only': ({ label, proposals }) =>
		`„${label}“: Nur aus Ziffern bestehen Nummern, die mit 03 bis 07 beginnen.${meant(proposals)}`,
	'plate-form': ({ label, proposals }) =>
		`„${label}“: Nach dem Unterscheidungszeichen folgen 1–2 Buchstaben und 1–4 Ziffern, zum Beispiel SO-AB 123.${meant(proposals)}`,
	'plate-letters-barred': ({ label, detail }) =>
		`„${label}“: Die Buchstaben ${detail('letters')} werden nicht vergeben – richtig gelesen?`,
	'plate-letters-umlaut': ({ label }) => `„${label}“: Nach dem Unterscheidungszeichen gibt es kein Ä, Ö oder Ü.`,
	'plate-number-zero': ({ label }) => `„${label}“: Die Zahl beginnt nicht mit 0.`,
	'plate-season': ({ label }) => `„${label}“: Ein Saisonkennzeichen gilt 2 bis 11 volle Monate, zum Beispiel 04/10.`,
	'plate-season-kind': ({ label }) => `„${label}“: Dieses Kennzeichen gibt es nicht als Saisonkennzeichen.`,
	'plate-separator': ({ label, proposals }) =>
		`„${label}“ bitte mit Bindestrich nach dem Unterscheidungszeichen eintragen, zum Beispiel SO-AB 123.${meant(proposals)}`,
	'plate-too-long': ({ label, detail }) =>
		`„${label}“ hat ${detail('count')} Stellen, möglich sind hier höchstens ${detail('max')}.`,
	'plate-umlaut-read': ({ label, detail }) => `„${label}“: als ${detail('code')} gelesen – richtig?`,
	'postal-code-foreign': ({ label }) => `„${label}“ ist ungewöhnlich – stimmt sie so im Ausland?`,
	'postal-code-format': ({ label, proposals }) => `„${label}“ besteht aus 5 Ziffern.${meant(proposals)}`,
	'postal-code-place': ({ label, detail }) => `„${label}“: Diese PLZ gehört zu ${detail('place')} – stimmt beides?`,
	'postal-code-range': ({ label }) => `„${label}“: Postleitzahlen gehen von 01067 bis 99998.`,
	required: ({ label }) => `„${label}“ fehlt noch.`,
	'too-long': ({ label, detail }) => `„${label}“ ist zu lang (höchstens ${detail('max')} Zeichen).`,
	'tsn-format': ({ label }) => `„${label}“ besteht aus 3 Buchstaben oder Ziffern (die ersten drei im Feld 2.2).`,
	'vin-characters': ({ label, detail, proposals }) =>
		`In „${label}“ kommt ${detail('characters')} nicht vor – I, O und Q gibt es dort nicht.${meant(proposals)}`,
	'vin-check-digit': ({ label }) =>
		`„${label}“: Die Prüfziffer (9. Stelle) passt nicht – bitte noch einmal mit den Papieren vergleichen.`,
	'vin-length': ({ label, detail }) =>
		`„${label}“ hat 17 Zeichen, eingetragen sind ${detail('count')}. Bei Fahrzeugen vor 1981 bitte zuerst die Erstzulassung eintragen.`,
	'vin-old': ({ label }) => `„${label}“ hat eine alte Form – bei Fahrzeugen vor 1981 möglich.`
};

const isRule = (rule: string): rule is Rule => Object.hasOwn(SENTENCES, rule);

/** The sentence for one violation of the field with this label. */
export function violationText(violation: Pick<Violation, 'rule' | 'details' | 'proposals'>, label: string): string {
	if (!isRule(violation.rule)) return `„${label}“ bitte prüfen.`;
	return SENTENCES[violation.rule]({
		label,
		detail: (name) => visible(violation.details?.[name] ?? ''),
		proposals: (violation.proposals ?? []).map(isolated).join(' oder ')
	});
}

/** The sentence for a required field without an answer. */
export const missingText = (label: string): string => violationText({ rule: 'required' }, label);

/** All rules, for the test that none goes without a sentence. */
export const RULES: readonly Rule[] = Object.keys(SENTENCES).filter(isRule);
