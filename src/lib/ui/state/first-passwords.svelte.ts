/** Whose password was set by somebody else and not yet changed; told by the workspace, settled as soon as the change is on the disk. */
import { SvelteSet } from 'svelte/reactivity';
import type { Workspace } from '$lib/services/workspace';

class FirstPasswords {
	#settled = new SvelteSet<Workspace>();

	isDue(workspace: Workspace): boolean {
		return workspace.me.mustChangePassword && !this.#settled.has(workspace);
	}

	settled(workspace: Workspace): void {
		this.#settled.add(workspace);
	}
}

export const firstPasswords = new FirstPasswords();
