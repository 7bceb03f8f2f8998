/** One request while its form is filled in: what was typed, what is wrong with it, what is missing, and what a draft keeps of it. */
import { SvelteSet } from 'svelte/reactivity';
import type {
	Answers,
	FieldDefinition,
	FormDefinition,
	FormSection,
	PaperDefinition,
	Violation
} from '$lib/domain/forms/form';
import {
	allFields,
	initialAnswers,
	normaliseAnswer,
	pruneAnswers,
	validateAnswers,
	vehicleFieldIds,
	visibleFields,
	visiblePapers,
	visibleSections
} from '$lib/domain/forms/validate';
import type { RequestId } from '$lib/domain/ids';
import { placeOfPostalCode } from '$lib/domain/places/postal-codes';
import type { EarlierReceipt, PaperStatus, Urgency } from '$lib/domain/request';
import type { LocalDate } from '$lib/domain/time';
import type { TakeRequestInput } from '$lib/services/workspace';
import { displayAnswer } from '../text/answers';
import type { DraftContent, DraftVehicle } from './draft-content';
import { ReceivedState } from './received-state.svelte';

export interface VehicleRow {
	readonly rowId: RequestId;
	typed: { [fieldId: string]: string };
}

/** A field on the page: of the person and the first vehicle, or of one row of the vehicle table. */
export const fieldKey = (fieldId: string, rowId: string | null): string => (rowId ? `${rowId}.${fieldId}` : fieldId);

export interface KeyedViolation extends Violation {
	readonly key: string;
	/** From 1; null outside the vehicle table. */
	readonly rowNumber: number | null;
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
	typed = $state<{ [fieldId: string]: string }>({});
	papers = $state<{ [paperId: string]: PaperStatus }>({});
	note = $state('');
	urgency = $state<Urgency>('normal');
	urgencyReason = $state('');
	bulk = $state(false);
	vehicles = $state<VehicleRow[]>([]);
	readonly received: ReceivedState;
	/** Fields that were left once: only these show errors before the first try to save. */
	readonly left = new SvelteSet<string>();
	tried = $state(false);
	readonly #today: () => LocalDate;

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
	/** Sections drawn as fields; with many vehicles those asked per vehicle stand in the table. */
	readonly plainSections: readonly FormSection[] = $derived.by(() =>
		this.sections.filter((section) => !(this.bulk && section.perVehicle))
	);
	/** Columns of the vehicle table: what any of its rows asks for. */
	readonly vehicleFields: readonly FieldDefinition[] = $derived.by(() => {
		const asked = new Set(this.#rowAnswers.flatMap(({ row }) => this.visibleIdsOf(row)));
		return allFields(this.form).filter(({ id }) => asked.has(id) && this.#perVehicleIds.has(id));
	});

	readonly #perVehicleIds = $derived.by(() => new Set(vehicleFieldIds(this.form)));
	readonly #rowAnswers = $derived.by(() => this.vehicles.map((row) => ({ row, answers: this.#normalise(row.typed) })));

	/** Everything wrong or odd, in the order of the page. */
	readonly #found = $derived.by(() => {
		const main = validateAnswers(this.form, this.answers, { today: this.#today() });
		const own = (id: string) => !this.bulk || !this.#perVehicleIds.has(id);
		const found = {
			errors: main.errors.filter((v) => own(v.fieldId)).map((v) => keyed(v, null, null)),
			hints: main.hints.filter((v) => own(v.fieldId)).map((v) => keyed(v, null, null)),
			missing: main.missing.filter(own).map((id) => fieldKey(id, null))
		};
		if (!this.bulk) return found;
		this.#rowAnswers.forEach(({ row, answers }, index) => {
			const each = validateAnswers(this.form, { ...this.answers, ...answers }, { today: this.#today() });
			const inRow = (id: string) => this.#perVehicleIds.has(id);
			found.errors.push(...each.errors.filter((v) => inRow(v.fieldId)).map((v) => keyed(v, row.rowId, index + 1)));
			found.hints.push(...each.hints.filter((v) => inRow(v.fieldId)).map((v) => keyed(v, row.rowId, index + 1)));
			found.missing.push(...each.missing.filter(inRow).map((id) => fieldKey(id, row.rowId)));
		});
		return found;
	});
	/** Errors without those of fields that are merely empty. */
	readonly errors: readonly KeyedViolation[] = $derived.by(() =>
		this.#found.errors.filter((v) => v.rule !== 'required')
	);
	readonly hints: readonly KeyedViolation[] = $derived.by(() => this.#found.hints);
	/** Keys of required fields without an answer. */
	readonly missingKeys: readonly string[] = $derived.by(() => this.#found.missing);
	readonly missingPapers: readonly PaperDefinition[] = $derived.by(() =>
		this.visiblePapers.filter((paper) => this.papers[paper.id] === 'missing')
	);
	readonly urgencyReasonMissing = $derived.by(
		() => this.urgency !== 'normal' && this.urgency !== this.form.urgency && this.urgencyReason.trim() === ''
	);
	/** True when something is there that a draft is worth keeping for. */
	readonly isTouched = $derived.by(() => JSON.stringify(this.content) !== this.#initialContent);

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
		vehicles: this.vehicles.map(({ rowId, typed }): DraftVehicle => ({ rowId, typed: { ...typed } }))
	}));
	#initialContent = $state('');

	/** A place that is certain by its PLZ is filled in, as long as nobody typed another. */
	#fillPlace(field: FieldDefinition, value: string): void {
		if (field.kind !== 'postal-code' || !('city' in this.typed) || this.typed.city !== '') return;
		this.typed.city = placeOfPostalCode(value.trim()) ?? '';
	}

	/** Marks the form as it stands as untouched. */
	settle(): void {
		this.#initialContent = JSON.stringify(this.content);
	}

	restore(content: DraftContent): void {
		this.typed = { ...this.typed, ...content.typed };
		this.papers = { ...this.papers, ...content.papers };
		this.note = content.note;
		this.urgency = content.urgency;
		this.urgencyReason = content.urgencyReason;
		this.received.restore(content.received);
		this.bulk = content.bulk;
		this.vehicles = content.vehicles.map(({ rowId, typed }) => ({ rowId: rowId as RequestId, typed: { ...typed } }));
	}

	visibleIdsOf(row: VehicleRow): string[] {
		return visibleFields(this.form, { ...this.answers, ...this.#normalise(row.typed) }).map(({ id }) => id);
	}

	valueOf = (field: FieldDefinition, row: VehicleRow | null): string => (row?.typed ?? this.typed)[field.id] ?? '';

	type(field: FieldDefinition, value: string, row: VehicleRow | null): void {
		(row?.typed ?? this.typed)[field.id] = value;
		if (!row) this.#fillPlace(field, value);
	}

	/** The field was left: its value is shown as it was understood, and from now on what is wrong with it. */
	leave(field: FieldDefinition, row: VehicleRow | null): void {
		const key = fieldKey(field.id, row?.rowId ?? null);
		const value = this.valueOf(field, row);
		if (value !== '') this.left.add(key);
		if (this.errors.some((error) => error.key === key)) return;
		const shown = displayAnswer(field, normaliseAnswer(field, value, { today: this.#today(), answers: this.typed }));
		if (shown !== value) this.type(field, shown, row);
	}

	/** What to show at a field now: errors once it was left, hints at once. */
	errorAt(key: string): KeyedViolation | null {
		if (!this.tried && !this.left.has(key)) return null;
		return this.errors.find((error) => error.key === key) ?? (this.tried ? this.#requiredAt(key) : null);
	}
	hintsAt = (key: string): readonly KeyedViolation[] => this.hints.filter((hint) => hint.key === key);
	isWrong = (key: string): boolean => this.errors.some((error) => error.key === key);

	#requiredAt(key: string): KeyedViolation | null {
		if (!this.missingKeys.includes(key)) return null;
		const [rowId, fieldId] = key.includes('.') ? key.split('.') : [null, key];
		const index = this.vehicles.findIndex((row) => row.rowId === rowId);
		return { key, fieldId, rule: 'required', rowNumber: index < 0 ? null : index + 1 };
	}

	/** Missing and wrong, in one list for the summary. */
	get problems(): readonly KeyedViolation[] {
		const required = this.missingKeys.map((key) => this.#requiredAt(key)).filter((violation) => violation !== null);
		return [...required, ...this.errors];
	}

	/** What is typed of the one vehicle, to begin the table with. */
	get vehicleTyped(): { [fieldId: string]: string } {
		return Object.fromEntries(Object.entries(this.typed).filter(([id]) => this.#perVehicleIds.has(id)));
	}

	addVehicle(rowId: RequestId, typed: { readonly [fieldId: string]: string } = {}): void {
		this.vehicles.push({ rowId, typed: { ...typed } });
	}

	/** What is handed to the workspace. */
	input(): TakeRequestInput {
		const ids = new Set(this.missingKeys.map((key) => key.split('.').at(-1) ?? key));
		return {
			requestId: this.requestId,
			draftId: this.draftId,
			formId: this.form.id,
			formVersion: this.form.version,
			answers: this.#prune(this.answers, this.bulk ? this.#perVehicleIds : new Set<string>()),
			papers: this.chosenPapers,
			note: this.note.trim(),
			urgency: this.urgency,
			urgencyReason: this.urgencyReason.trim(),
			received: this.earlierReceipt,
			missing: [...ids, ...this.missingPapers.map((paper) => paper.id)],
			vehicles: this.bulk
				? this.#rowAnswers.map(({ row, answers }) => ({ rowId: row.rowId, answers: this.#prunedRow(answers) }))
				: []
		};
	}

	/** Papers that belong to the answers as they stand. */
	get chosenPapers(): { [paperId: string]: PaperStatus } {
		return Object.fromEntries(
			this.visiblePapers.flatMap(({ id }) => (this.papers[id] === undefined ? [] : [[id, this.papers[id]] as const]))
		);
	}
	get earlierReceipt(): EarlierReceipt | null {
		return this.received.value;
	}

	#prunedRow(answers: Answers): Answers {
		const whole = pruneAnswers(this.form, { ...this.answers, ...answers });
		return Object.fromEntries(Object.entries(whole).filter(([id]) => this.#perVehicleIds.has(id)));
	}

	#prune(answers: Answers, without: ReadonlySet<string>): Answers {
		const pruned = pruneAnswers(this.form, answers);
		return Object.fromEntries(Object.entries(pruned).filter(([id, value]) => value !== '' && !without.has(id)));
	}

	#normalise(typed: { readonly [fieldId: string]: string }): Answers {
		const context = { today: this.#today(), answers: typed };
		const fields = allFields(this.form).filter((field) => field.id in typed);
		return Object.fromEntries(
			fields.map((field) => [field.id, normaliseAnswer(field, typed[field.id] ?? '', context)])
		);
	}
}

const keyed = (violation: Violation, rowId: string | null, rowNumber: number | null): KeyedViolation => ({
	...violation,
	key: fieldKey(violation.fieldId, rowId),
	rowNumber
});
