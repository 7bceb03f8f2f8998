/** What a form gives for one request, but for the name nothing that matters. */
import type { TakeRequestInput, Workspace } from '$lib/services/workspace';

export const requestInput = (workspace: Pick<Workspace, 'newRequestId'>, familyName: string): TakeRequestInput => ({
	requestId: workspace.newRequestId(),
	draftId: null,
	formId: 'umschreibung',
	formVersion: 1,
	answers: { familyName, givenNames: 'Erika' },
	papers: {},
	note: '',
	urgency: 'normal',
	urgencyReason: '',
	received: null,
	missing: [],
	vehicles: []
});
