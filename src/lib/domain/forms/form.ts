/** FormDefinition: a request type as data — fields of the law, papers, norm, fee, urgency — and the answers to it. */
import type { Urgency } from '../request';

export type FieldKind =
	| 'text'
	| 'name'
	| 'date'
	| 'birth-date'
	| 'plate'
	| 'vin'
	| 'hsn'
	| 'tsn'
	| 'evb'
	| 'iban'
	| 'postal-code'
	| 'house-number'
	| 'phone'
	| 'email'
	| 'month'
	| 'choice'
	| 'yes-no'
	| 'long-text'
	| 'number';

/** True when the named field holds one of these values; several conditions all hold. */
export interface Condition {
	readonly fieldId: string;
	readonly oneOf: readonly string[];
}

export interface FieldDefinition {
	readonly id: string;
	readonly label: string;
	readonly kind: FieldKind;
	readonly required: boolean;
	/** Not required when all of these fields have an answer (insurer and VB-Nummer stand for the eVB). */
	readonly requiredUnless?: readonly string[];
	/** On which side of today the date or month usually lies; the other side is a hint. */
	readonly expect?: 'past' | 'future';
	readonly visibleWhen?: readonly Condition[];
	readonly choices?: readonly { readonly value: string; readonly label: string }[];
	readonly initial?: string;
	readonly hint?: string;
	readonly maxLength?: number;
	/** Share of the row at 1024 px and more. */
	readonly width?: 'full' | 'half' | 'third' | 'quarter' | 'sixth';
	/** Field code in the ZB I or paragraph of the law, shown to the back office. */
	readonly source?: string;
}

export interface FormSection {
	readonly id: string;
	readonly title: string;
	readonly fields: readonly FieldDefinition[];
	readonly visibleWhen?: readonly Condition[];
	/** Fields of this section are asked once per vehicle when a dealer brings many (bulk). */
	readonly perVehicle?: boolean;
	/** Nothing in it is required: may be shown folded in, stands last in the tab order. */
	readonly optional?: boolean;
}

export interface PaperDefinition {
	readonly id: string;
	readonly label: string;
	readonly visibleWhen?: readonly Condition[];
	readonly initial?: 'present' | 'missing' | 'not-needed';
}

export interface FormDefinition {
	readonly id: string;
	readonly version: number;
	readonly group: string;
	readonly title: string;
	/** What citizens and clerks say for it; found by typing. */
	readonly synonyms: readonly string[];
	/** Number key 1–9 among the favourites. */
	readonly favourite?: number;
	readonly norm: string;
	/** „unverzüglich (§ 15 Abs. 5 FZV)“ or null. */
	readonly deadline: string | null;
	readonly fee: string;
	readonly leika: string | null;
	readonly urgency: Urgency;
	readonly inPerson: boolean;
	/** What is possible in the outage, for the clerk. */
	readonly outageAdvice: string;
	/** What happens next, for the citizen's receipt. */
	readonly nextSteps: string;
	readonly sections: readonly FormSection[];
	readonly papers: readonly PaperDefinition[];
	/** Many vehicles at once allowed. */
	readonly bulk: boolean;
	/** Sources named in the domain data. */
	readonly sources: readonly string[];
}

/** Answers by field id, as normalised text; an empty string is no answer. Dates are yyyy-mm-dd (unknown parts 00). */
export type Answers = { readonly [fieldId: string]: string };

export interface Violation {
	readonly fieldId: string;
	/** What is wrong; the sentence is found in ui/text. */
	readonly rule: string;
	/** Values the sentence needs, e.g. the plate code. Never the whole answer. */
	readonly details?: { readonly [name: string]: string };
	/** Values that may have been meant, offered to be taken over. For the screen only: they are whole answers, never log them. */
	readonly proposals?: readonly string[];
}

/** Errors stop a complete save (the value cannot exist, or is required and lacking); hints never do. */
export interface Validation {
	readonly errors: readonly Violation[];
	readonly hints: readonly Violation[];
	/** Ids of required fields without an answer; allowed with „Unvollständig aufnehmen“. */
	readonly missing: readonly string[];
}
