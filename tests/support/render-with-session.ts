/** Renders one component with a session around it. */
import type { Component } from 'svelte';
import { render } from 'vitest-browser-svelte';
import type { DeviceSetup, Session } from '$lib/services/workspace';
import { createFakeSession, createFakeSetup } from './fake-session';
import WithSession from './WithSession.svelte';

export function renderWithSession<Props extends Record<string, unknown>>(
	component: Component<Props>,
	props: Props,
	{ session = createFakeSession(), setup = createFakeSetup() }: { session?: Session; setup?: DeviceSetup } = {}
) {
	// The type of a generic component is lost on the way through `render`.
	return render(WithSession as unknown as Component<Record<string, unknown>>, {
		session,
		setup,
		component,
		innerProps: props
	});
}
