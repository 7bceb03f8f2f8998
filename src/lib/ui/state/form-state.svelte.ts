/** One request while its form is filled in: what was typed, what is wrong with it, what is missing, and what a draft keeps of it. */
import { SvelteSet } from 'svelte/reactivity';
import type { AppointmentId } from '$lib/domain/appointment';
import type { Answers, FieldDefinition, FormDefinition, FormSection, PaperDefinition } from '$lib/domain/forms/form';
import {
	allFields,
	initialAnswers,
	normaliseAnswer,
	vehicleFieldIds,
	visibleFields,
	visiblePapers,
	visibleSections
} from '$lib/domain/forms/validate';
import type { RequestId } from '$lib/domain/ids';
import { placeOfPostalCode } from '$lib/domain/places/postal-codes';
import type { PaperStatus, Urgency } from '$lib/domain/request';
import type { LocalDate } from '$lib/domain/time';
import type { TakeRequestInput } from '$lib/services/workspace';
import { displayAnswer } from '../text/answers';
import type { DraftContent } from './draft-content';
import { answersOfRow, checkForm, fieldKey, splitFieldKey, type KeyedViolation } from './form-check';
import { requestInput } from './form-input';
import { ReceivedState } from './received-state.svelte';

/** As typed, by field. */
export type Typed = { [fieldId: string]: string };

export interface VehicleRow {
	readonly rowId: RequestId;
	typed: Typed;
}

interface FormIdentity {
	readonly form: FormDefinition;
	readonly requestId: RequestId;
	readonly draftId: string | null;
	readonly today: () => LocalDate;
}

export class FormState {
	readonly form: FormDefinition;
	readonly requestId: RequestId;
	readonly draftId: string | null;
	typed = $state<Typed>({});
	papers = $state<{ [paperId: string]: PaperStatus }>({});
	note = $state('');
	urgency = $state<Urgency>('normal');
	urgencyReason = $state('');
	/** Many vehicles at once: they stand in `vehicles`. */
	bulk = $state(false);
	vehicles = $state<VehicleRow[]>([]);
	readonly received: ReceivedState;
	/** The appointment it is taken for. */
	appointmentId = $state<AppointmentId | null>(null);
	/** Somebody tried to save: from now on what is lacking is an error too. */
	tried = $state(false);
	/** Fields that were left once: only these show errors before the first try to save. */
	readonly #left = new SvelteSet<string>();
	readonly #today: () => LocalDate;
	#untouched = $state('');

	constructor({ form, requestId, draftId, today }: FormIdentity) {
		this.form = form;
		this.requestId = requestId;
		this.draftId = draftId;
		this.#today = today;
		this.urgency = form.urgency;
		this.received = new ReceivedState(today);
		const initial = initialAnswers(form);
		for (const field of allFields(form)) this.typed[field.id] = displayAnswer(field, initial[field.id] ?? '');
		for (const paper of form.papers) if (paper.initial) this.papers[paper.id] = paper.initial;
		this.settle();
	}

	readonly answers: Answers = $derived.by(() => this.#normalise(this.typed));
	readonly sections: readonly FormSection[] = $derived.by(() => visibleSections(this.form, this.answers));
	readonly visiblePapers: readonly PaperDefinition[] = $derived.by(() => visiblePapers(this.form, this.answers));
	/** Columns of the vehicle table: what any of its rows asks for. */
	readonly vehicleFields: readonly FieldDefinition[] = $derived.by(() => {
		const asked = new Set(this.vehicles.flatMap((row) => this.visibleIdsOf(row)));
		const perVehicle = new Set(vehicleFieldIds(this.form));
		return allFields(this.form).filter(({ id }) => asked.has(id) && perVehicle.has(id));
	});

	readonly #rowAnswers = $derived.by(() =>
		this.bulk ? this.vehicles.map(({ rowId, typed }) => ({ rowId, answers: this.#normalise(typed) })) : null
	);
	readonly #check = $derived.by(() => checkForm(this.form, this.answers, this.#rowAnswers, this.#today()));
	/** Values that cannot be. */
	readonly errors: readonly KeyedViolation[] = $derived.by(() => this.#check.errors);
	/** Keys of required fields without an answer. */
	readonly missingKeys: readonly string[] = $derived.by(() => this.#check.missing);
	readonly urgencyReasonMissing = $derived.by(
		() => this.urgency !== 'normal' && this.urgency !== this.form.urgency && this.urgencyReason.trim() === ''
	);
	/** True when something is there that a draft is worth keeping for. */
	readonly isTouched = $derived.by(() => JSON.stringify(this.content) !== this.#untouched);

	/** What a draft keeps; plain JSON. */
	readonly content: DraftContent = $derived.by(() => ({
		version: 1,
		typed: { ...this.typed },
		papers: { ...this.papers },
		note: this.note,
		urgency: this.urgency,
		urgencyReason: this.urgencyReason,
		received: this.received.content,
		bulk: this.bulk,
		vehicles: this.vehicles.map(({ rowId, typed }) => ({ rowId, typed: { ...typed } })),
		appointmentId: this.appointmentId
	}));

	/** The form as it stands counts as untouched. */
	settle(): void {
		this.#untouched = JSON.stringify(this.content);
	}

	restore(content: DraftContent): void {
		this.typed = { ...this.typed, ...content.typed };
		this.papers = { ...this.papers, ...content.papers };
		this.note = content.note;
		this.urgency = content.urgency;
		this.urgencyReason = content.urgencyReason;
		this.received.restore(content.received);
		this.bulk = content.bulk;
		this.appointmentId = content.appointmentId as AppointmentId | null;
		this.vehicles = content.vehicles.map(({ rowId, typed }) => ({ rowId: rowId as RequestId, typed: { ...typed } }));
	}

	visibleIdsOf(row: VehicleRow): string[] {
		return visibleFields(this.form, answersOfRow(this.form, this.answers, this.#normalise(row.typed))).map(
			({ id }) => id
		);
	}

	valueOf = (field: FieldDefinition, row: VehicleRow | null): string => (row?.typed ?? this.typed)[field.id] ?? '';

	type(field: FieldDefinition, value: string, row: VehicleRow | null): void {
		(row?.typed ?? this.typed)[field.id] = value;
		if (!row && field.kind === 'postal-code') this.#fillPlace(value);
	}

	/** The field was left: its value is shown as it was understood, and from now on what is wrong with it. */
	leave(field: FieldDefinition, row: VehicleRow | null): void {
		const key = fieldKey(field.id, row?.rowId ?? null);
		const value = this.valueOf(field, row);
		if (value !== '') this.#left.add(key);
		if (this.isWrong(key)) return;
		const shown = displayAnswer(field, normaliseAnswer(field, value, { today: this.#today(), answers: this.typed }));
		if (shown !== value) this.type(field, shown, row);
	}

	/** What to show at a field now: errors once it was left, hints at once. */
	errorAt(key: string): KeyedViolation | null {
		if (!this.tried && !this.#left.has(key)) return null;
		return this.errors.find((error) => error.key === key) ?? (this.tried ? this.#lackingAt(key) : null);
	}
	hintsAt = (key: string): readonly KeyedViolation[] => this.#check.hints.filter((hint) => hint.key === key);
	isWrong = (key: string): boolean => this.errors.some((error) => error.key === key);

	/** Missing and wrong, in one list for the summary. */
	get problems(): readonly KeyedViolation[] {
		return [...this.missingKeys.flatMap((key) => this.#lackingAt(key) ?? []), ...this.errors];
	}

	/** What is typed of the one vehicle, to begin the table with. */
	get vehicleTyped(): Typed {
		return Object.fromEntries(vehicleFieldIds(this.form).map((id) => [id, this.typed[id] ?? '']));
	}

	/** Begins as the form does: with what is nearly always right, and nothing of another vehicle. */
	addVehicle(rowId: RequestId, typed: Readonly<Typed> = {}): void {
		const initial = initialAnswers(this.form);
		const begun = Object.fromEntries(vehicleFieldIds(this.form).map((id) => [id, initial[id] ?? '']));
		this.vehicles.push({ rowId, typed: { ...begun, ...typed } });
	}

	input(): TakeRequestInput {
		const chosen = this.visiblePapers.flatMap(({ id }) => {
			const status = this.papers[id];
			return status === undefined ? [] : [[id, status] as const];
		});
		const { form, requestId, draftId, answers, note, urgency, urgencyReason, missingKeys } = this;
		return requestInput({
			...{ form, requestId, draftId, answers, note, urgency, urgencyReason, missingKeys },
			rowAnswers: this.#rowAnswers,
			papers: Object.fromEntries(chosen),
			received: this.received.value,
			appointmentId: this.appointmentId
		});
	}

	#lackingAt(key: string): KeyedViolation | null {
		if (!this.missingKeys.includes(key)) return null;
		const { rowId, fieldId } = splitFieldKey(key);
		const index = this.vehicles.findIndex((row) => row.rowId === rowId);
		return { key, fieldId, rule: 'required', rowNumber: index < 0 ? null : index + 1 };
	}

	/** A place that is certain by its PLZ is filled in, as long as nobody typed another. */
	#fillPlace(postalCode: string): void {
		if (this.typed['city'] === '') this.typed['city'] = placeOfPostalCode(postalCode.trim()) ?? '';
	}

	#normalise(typed: Readonly<Typed>): Answers {
		const context = { today: this.#today(), answers: typed };
		const fields = allFields(this.form).filter((field) => field.id in typed);
		return Object.fromEntries(
			fields.map((field) => [field.id, normaliseAnswer(field, typed[field.id] ?? '', context)])
		);
	}
}
