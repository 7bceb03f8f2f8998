/** A filled-in form → what the workspace takes. */
import type { AppointmentId } from '$lib/domain/appointment';
import type { Answers, FormDefinition } from '$lib/domain/forms/form';
import { pruneAnswers, vehicleFieldIds } from '$lib/domain/forms/validate';
import type { RequestId } from '$lib/domain/ids';
import type { EarlierReceipt, PaperStatus, Urgency } from '$lib/domain/request';
import type { TakeRequestInput } from '$lib/services/workspace';
import { answersOfRow, splitFieldKey } from './form-check';

export interface FilledForm {
	readonly form: FormDefinition;
	readonly requestId: RequestId;
	readonly draftId: string | null;
	/** Normalised. */
	readonly answers: Answers;
	/** Of each vehicle when there are many; else null. */
	readonly rowAnswers: readonly { readonly rowId: RequestId; readonly answers: Answers }[] | null;
	/** Of the papers that belong to these answers. */
	readonly papers: { readonly [paperId: string]: PaperStatus };
	readonly note: string;
	readonly urgency: Urgency;
	readonly urgencyReason: string;
	readonly received: EarlierReceipt | null;
	readonly missingKeys: readonly string[];
	readonly appointmentId: AppointmentId | null;
}

export function requestInput(filled: FilledForm): TakeRequestInput {
	const { form, requestId, draftId, answers, rowAnswers, papers, urgency, received } = filled;
	const perVehicle = new Set(vehicleFieldIds(form));
	const missingFields = filled.missingKeys.map((key) => splitFieldKey(key).fieldId);
	const missingPapers = Object.keys(papers).filter((id) => papers[id] === 'missing');
	return {
		requestId,
		draftId,
		formId: form.id,
		formVersion: form.version,
		answers: only(pruneAnswers(form, answers), (id) => rowAnswers === null || !perVehicle.has(id)),
		papers,
		note: filled.note.trim(),
		urgency,
		urgencyReason: filled.urgencyReason.trim(),
		received,
		appointmentId: filled.appointmentId,
		missing: [...new Set([...missingFields, ...missingPapers])],
		vehicles: (rowAnswers ?? []).map(({ rowId, answers: own }) => ({
			rowId,
			answers: only(pruneAnswers(form, answersOfRow(form, answers, own)), (id) => perVehicle.has(id))
		}))
	};
}

const only = (answers: Answers, belongs: (fieldId: string) => boolean): Answers =>
	Object.fromEntries(Object.entries(answers).filter(([id, value]) => value !== '' && belongs(id)));
