/** What a person sees of all requests, as one text: equal where nothing is lost, doubled or changed, whatever names operations have. */
import { canonicalJson } from '$lib/domain/canonical-json';
import type { AnyOperation } from '$lib/domain/operation';
import { foldOperations, requestIds, requestView, unknownCount } from '$lib/domain/projection';

export function seen(operations: readonly AnyOperation[]): string {
	const state = foldOperations(operations);
	const requests = requestIds(state).map((id) => {
		const view = requestView(state, id);
		if (!view) throw new Error('an opened request has a view');
		const fields = Object.entries(view.fields).map(([path, values]) => [
			path,
			values
				.map(({ value, staffId: by, stamp }) =>
					canonicalJson([value, by, stamp.recordedAt, stamp.tick, stamp.deviceId])
				)
				.sort()
		]);
		const history = view.history.map(({ type, staffId: by, stamp, paths }) =>
			canonicalJson([type, by, stamp.recordedAt, stamp.tick, stamp.deviceId, [...paths]])
		);
		return [id, view.caseNumber, [...(view.furtherCaseNumbers ?? [])], fields.sort(), history.sort()];
	});
	return JSON.stringify([requests.sort(), unknownCount(state)]);
}
