/** What clerks do: open requests, change what others change too, settle, note, and write what only a newer version knows. */
import { parseSubjectId, type RequestId } from '$lib/domain/ids';
import {
	changeOf,
	conflictPaths,
	decideAddNote,
	decideAmend,
	decideCompleteReentry,
	decideOpenRequest,
	decideReopen,
	decideSettle,
	distinctValues,
	statusOf,
	type Decision,
	type RequestView
} from '$lib/domain/request';
import type { Result } from '$lib/domain/result';
import { anOpenRequestInput, hexId } from '../fixtures/builders';
import { must } from '../support/test-space';
import type { Chance } from './chance';
import type { Counter } from './counter';

const FIELDS = ['answers/familyName', 'answers/plate', 'urgency', 'note'];

export type Deeds = ReturnType<typeof createDeeds>;

/** Every value is drawn once and never again, so that it can be told whose it is. */
export function createDeeds(chance: Chance) {
	let count = 0;
	const opened: RequestId[] = [];
	const unknown: RequestId[] = [];
	const fresh = () => `m${++count}`;

	function open(): Decision {
		const id = must(parseSubjectId(hexId(0xabc000 + ++count))) as RequestId;
		opened.push(id);
		return allowed(
			decideOpenRequest(anOpenRequestInput({ id, answers: { familyName: fresh(), givenNames: 'Erika' } }), null)
		);
	}

	/** A type that this version does not know [SY7]. */
	function fromNewerVersion(id: RequestId): Decision {
		unknown.push(id);
		return { type: 'request-weighed', subjectId: id, body: { changes: {} } } as unknown as Decision;
	}

	function changeSomething(view: RequestView): Decision {
		const [conflict] = conflictPaths(view);
		if (conflict !== undefined && chance.happens(0.4)) {
			const candidate = chance.pick(distinctValues(view, conflict));
			return allowed(decideSettle(view, conflict, candidate.value));
		}
		if (chance.happens(0.2)) return allowed(decideAddNote(view, fresh(), fresh()));
		if (chance.happens(0.2))
			return statusOf(view) === 'open'
				? allowed(decideCompleteReentry(view, fresh()))
				: allowed(decideReopen(view, fresh()));
		return allowed(decideAmend(view, [changeOf(view, chance.pick(FIELDS), fresh())]));
	}

	async function one(at: Counter): Promise<Decision> {
		if (opened.length === 0 || chance.happens(0.25)) return open();
		const id = chance.pick(opened);
		if (chance.happens(0.08)) return fromNewerVersion(id);
		const view = await at.keeper.request(id);
		return view ? changeSomething(view) : open();
	}

	return {
		decide: async (at: Counter): Promise<readonly Decision[]> =>
			chance.happens(0.15) ? [await one(at), open()] : [await one(at)]
	};
}

function allowed<T>(decided: Result<T | null, unknown>): T {
	const decision = must(decided);
	if (decision === null) throw new Error('nothing was decided');
	return decision;
}
