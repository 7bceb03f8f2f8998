/** Papers that are handed in, shared by the forms. */
import type { Condition, PaperDefinition } from './form';

const REPRESENTED: readonly Condition[] = [{ fieldId: 'representative', oneOf: ['yes'] }];
const COMPANY: readonly Condition[] = [{ fieldId: 'holderKind', oneOf: ['company'] }];
const NATURAL: readonly Condition[] = [{ fieldId: 'holderKind', oneOf: ['person', 'sole-trader'] }];

/** Brought by nearly everybody: begins as „liegt vor“, is set to „fehlt“ with one key. */
export const usual = (id: string, label: string, visibleWhen?: readonly Condition[]): PaperDefinition => ({
	id,
	label,
	initial: 'present',
	...(visibleWhen === undefined ? {} : { visibleWhen })
});

/** Needed now and then: begins as „nicht nötig“. */
export const occasional = (id: string, label: string, visibleWhen?: readonly Condition[]): PaperDefinition => ({
	id,
	label,
	initial: 'not-needed',
	...(visibleWhen === undefined ? {} : { visibleWhen })
});

export const zb1 = usual('zb1', 'Zulassungsbescheinigung Teil I');
export const zb2 = usual('zb2', 'Zulassungsbescheinigung Teil II');
export const evbPaper = usual('evb-notice', 'eVB-Nummer der Versicherung');
export const inspectionPaper = usual('inspection', 'Nachweis der Hauptuntersuchung (HU)');
export const sepaMandate = usual('sepa', 'SEPA-Mandat für die Kfz-Steuer');
/** Shown, not kept: neither a copy nor the number (§ 20 PAuswG). */
export const identityPaper = usual('identity', 'Personalausweis oder Reisepass mit Meldebescheinigung (nur gezeigt)');
export const registerExtract = usual('register-extract', 'Register- oder Vereinsauszug', COMPANY);
export const parentsConsent = occasional(
	'parents-consent',
	'Minderjährige: Einverständnis beider Eltern und Fahrerlaubnis',
	NATURAL
);
export const representativePapers: readonly PaperDefinition[] = [
	usual('power-of-attorney', 'Vollmacht im Original', REPRESENTED),
	usual('representative-identity', 'Ausweis der bevollmächtigten Person (nur gezeigt)', REPRESENTED)
];
