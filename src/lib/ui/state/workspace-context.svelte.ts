/** Hands the session, its workspace and the setting up of this device to the component tree. */
import { getContext, setContext } from 'svelte';
import type { DeviceSetup, Session, Workspace } from '$lib/services/workspace';
import { live } from './live-view.svelte';

const SESSION = Symbol('session');
const SETUP = Symbol('setup');

/** Called once, by the root layout. Gives back the session whose `state` components can follow. */
export const setSession = (session: Session): Session => setContext(SESSION, live(session));

/** The session; what is read of it (`state`, `hasPin`) is followed like a rune. */
export const useSession = (): Session => getContext<Session>(SESSION);

export const setSetup = (setup: DeviceSetup): DeviceSetup => setContext(SETUP, setup);

/** Founding and joining, for `/einrichtung`. */
export const useSetup = (): DeviceSetup => getContext<DeviceSetup>(SETUP);

/**
 * The open workspace; `workspace.view` is followed like a rune.
 * Pages are mounted only while unlocked and unmounted by locking, so one call when a component starts is enough.
 */
export function useWorkspace(): Workspace {
	const { state } = useSession();
	if (state.type !== 'unlocked') throw new Error('a page was mounted without an open workspace');
	return live(state.workspace);
}
