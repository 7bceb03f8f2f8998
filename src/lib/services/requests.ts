/** What a counter does with requests: decide by the rules of the domain, write through the one door, show what was written. */
import { decideLink, requestsOf, type AppointmentId, type AppointmentView } from '$lib/domain/appointment';
import {
	decideAddNote,
	decideAmend,
	decideCompleteReentry,
	decideConfirmReceipt,
	decideMarkPapers,
	decideOpenRequest,
	decideReopen,
	decideReturn,
	decideSettle,
	decideTick,
	decideWithdraw,
	type Decision
} from '$lib/domain/request';
import { idFromBytes, type RequestId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import type { RequestView } from '$lib/domain/request';
import type { SaveError, TakeRequestInput, Workspace } from './workspace';

type RequestActs = Pick<
	Workspace,
	| 'takeRequest'
	| 'amend'
	| 'addNote'
	| 'markPapers'
	| 'withdraw'
	| 'settle'
	| 'confirmReceipt'
	| 'tickReentry'
	| 'completeReentry'
	| 'reopen'
	| 'returnToCounter'
	| 'newRequestId'
>;

interface RequestPorts {
	/** Writes and folds; resolves when it is on the disk and in the state. */
	record(decided: readonly Decision[], draftId: string | null): Promise<Result<void, SaveError>>;
	request(id: RequestId): Promise<RequestView | null>;
	appointment(id: AppointmentId): Promise<AppointmentView | null>;
	randomBytes(length: number): Uint8Array;
}

export function createRequestActs({ record, request, appointment, randomBytes }: RequestPorts): RequestActs {
	/** Reads the request, decides, writes, reads it again. */
	const act = async (
		id: RequestId,
		decide: (view: RequestView) => Result<Decision, { type: 'refused'; rule: string }>
	): Promise<Result<RequestView, SaveError>> => {
		const view = await request(id);
		if (!view) return err({ type: 'refused', rule: 'not-found' });
		const decided = decide(view);
		if (!decided.ok) return decided;
		const written = await record([decided.value], null);
		if (!written.ok) return written;
		return ok((await request(id)) ?? view);
	};

	/** A draft saved a second time changes the request it has become. */
	const openOrAmend = async (
		input: TakeRequestInput,
		id: RequestId,
		batchId: RequestId | null,
		answers: TakeRequestInput['answers']
	) => decideOpenRequest({ ...input, id, batchId, answers }, await request(id));

	/** In the same transaction as the requests: neither is ever there without the other. */
	const linksTo = async (id: AppointmentId | null, requests: readonly RequestId[]): Promise<Decision[]> => {
		const view = id === null ? null : await appointment(id);
		if (!view) return [];
		return requests.flatMap((requestId) => {
			const decided = requestsOf(view).includes(requestId) ? null : decideLink(view, requestId);
			return decided?.ok ? [decided.value] : [];
		});
	};

	return {
		takeRequest: async (input) => {
			const parts =
				input.vehicles.length > 0
					? input.vehicles.map(({ rowId, answers }) => ({ id: rowId, answers: { ...input.answers, ...answers } }))
					: [{ id: input.requestId, answers: input.answers }];
			const batchId = parts.length > 1 ? (parts[0]?.id ?? null) : null;
			const decided: Decision[] = [];
			for (const { id, answers } of parts) {
				const decision = await openOrAmend(input, id, batchId, answers);
				if (!decision.ok) return decision;
				if (decision.value) decided.push(decision.value);
			}
			decided.push(
				...(await linksTo(
					input.appointmentId ?? null,
					parts.map(({ id }) => id)
				))
			);
			const written = await record(decided, input.draftId);
			if (!written.ok) return written;
			const views = await Promise.all(parts.map(({ id }) => request(id)));
			return ok({ requests: views.filter((view) => view !== null) });
		},
		amend: (id, changes, reason) => act(id, (view) => decideAmend(view, changes, reason)),
		addNote: (id, text) => act(id, (view) => decideAddNote(view, text, idFromBytes(randomBytes(16)))),
		markPapers: (id, changes) => act(id, (view) => decideMarkPapers(view, changes)),
		withdraw: (id, reason) => act(id, (view) => decideWithdraw(view, reason)),
		settle: (id, path, value) => act(id, (view) => decideSettle(view, path, value)),
		confirmReceipt: (id, medium) => act(id, (view) => decideConfirmReceipt(view, medium)),
		tickReentry: (id, fieldId, copied) => act(id, (view) => decideTick(view, fieldId, copied)),
		completeReentry: (id, reference) => act(id, (view) => decideCompleteReentry(view, reference)),
		reopen: (id, reason) => act(id, (view) => decideReopen(view, reason)),
		returnToCounter: (id, question) => act(id, (view) => decideReturn(view, question)),
		newRequestId: () => idFromBytes(randomBytes(16))
	};
}
