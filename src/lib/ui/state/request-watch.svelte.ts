/** One request that is followed: read again whenever its row changes, by whatever device. */
import type { RequestId } from '$lib/domain/ids';
import type { RequestView } from '$lib/domain/request';
import type { TimelineEntry, Workspace } from '$lib/services/workspace';

export class RequestWatch {
	/** undefined: not read yet. null: not on this device. */
	view = $state.raw<RequestView | null | undefined>(undefined);
	timeline = $state.raw<readonly TimelineEntry[]>([]);
	/** Others of the same batch. */
	companions = $state.raw<readonly RequestView[]>([]);
	readonly #workspace: Workspace;
	readonly #id: () => RequestId | null;

	/** To be made while a component starts. */
	constructor(workspace: Workspace, id: () => RequestId | null) {
		this.#workspace = workspace;
		this.#id = id;
		const row = $derived(workspace.view.rows.find((candidate) => candidate.id === id()));
		const complete = $derived(workspace.view.complete);
		$effect(() => {
			void row;
			void complete;
			void this.read();
		});
	}

	async read(): Promise<void> {
		const id = this.#id();
		const view = id && (await this.#workspace.request(id));
		const timeline = view ? await this.#workspace.timeline(view.id) : [];
		const batch = view?.batchId ? await this.#workspace.batch(view.batchId) : [];
		if (id !== this.#id()) return;
		// What is not there yet may still come while older requests load.
		if (!view && !this.#workspace.view.complete) return;
		this.view = view;
		this.timeline = timeline;
		this.companions = batch.filter((other) => other.id !== id);
	}
}
