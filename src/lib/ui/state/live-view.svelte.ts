/** Bridges what services tell by `subscribe` to Svelte, so that services stay free of runes. */
import { createSubscriber } from 'svelte/reactivity';
import type { LiveView, Unsubscribe, Workspace } from '$lib/services/workspace';

interface Subscribable {
	subscribe(listener: () => void): Unsubscribe;
}

/** The same object, but reading one of its values in a component follows the object's changes. */
export function live<T extends Subscribable>(source: T): T {
	const follow = createSubscriber((update) => source.subscribe(update));
	return new Proxy(source, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name, target);
			if (typeof value === 'function') return value.bind(target);
			follow();
			return value;
		}
	});
}

/** The live view of a workspace: `view.current` is followed like a rune. */
export function liveView(workspace: Workspace): { readonly current: LiveView } {
	const followed = live(workspace);
	return {
		get current() {
			return followed.view;
		}
	};
}
