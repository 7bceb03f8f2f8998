/** Who said „Ohne PIN“ after unlocking is not asked again before the next unlocking. */
import type { SessionState, Workspace } from '$lib/services/workspace';

const refused = new WeakSet<Workspace>();

export const refusesPin = (state: SessionState): boolean => state.type === 'unlocked' && refused.has(state.workspace);
export function refusePin(state: SessionState): void {
	if (state.type === 'unlocked') refused.add(state.workspace);
}
