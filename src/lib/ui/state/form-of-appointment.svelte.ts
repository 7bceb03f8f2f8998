/** An appointment → the draft of its request: person and contact are taken over, so that nobody types them twice. */
import type { AppointmentRow } from '$lib/domain/appointment';
import type { FormDefinition } from '$lib/domain/forms/form';
import { allFields } from '$lib/domain/forms/validate';
import type { RequestId } from '$lib/domain/ids';
import { today } from './now.svelte';
import type { DraftContent } from './draft-content';
import { FormState } from './form-state.svelte';

/** „Mustermann, Erika“ or „Erika Mustermann“; one word is a family name. */
export function personOf(name: string): { readonly familyName: string; readonly givenNames: string } {
	const [family = '', given] = name.split(',', 2).map((part) => part.trim());
	if (given !== undefined) return { familyName: family, givenNames: given };
	const words = name.trim().split(/\s+/);
	return { familyName: words.at(-1) ?? '', givenNames: words.slice(0, -1).join(' ') };
}

/** What of the appointment has a field in this form; an empty form otherwise. */
export function draftOfAppointment(form: FormDefinition, requestId: RequestId, row: AppointmentRow): DraftContent {
	const state = new FormState({ form, requestId, draftId: requestId, today });
	const known = new Set(allFields(form).map(({ id }) => id));
	const values = { ...personOf(row.name), phone: row.phone, email: row.email };
	for (const [id, value] of Object.entries(values)) if (known.has(id) && value !== '') state.typed[id] = value;
	state.appointmentId = row.id;
	return $state.snapshot(state.content);
}
