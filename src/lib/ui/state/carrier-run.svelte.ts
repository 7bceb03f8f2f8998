/** One writing or reading of data carriers, as the dialog shows it: how far it is, and that somebody said stop. */
import type { CarrierProgress } from '$lib/services/carrier-desk';

export interface RunPorts {
	readonly signal: AbortSignal;
	readonly onProgress: (progress: CarrierProgress) => void;
}

export class CarrierRun {
	/** Null: nothing is known yet. */
	progress = $state.raw<CarrierProgress | null>(null);
	busy = $state(false);
	stopping = $state(false);
	#stop = new AbortController();

	/** Null: one is running already. */
	async do<T>(work: (ports: RunPorts) => Promise<T>): Promise<T | null> {
		if (this.busy) return null;
		this.#stop = new AbortController();
		this.progress = null;
		this.stopping = false;
		this.busy = true;
		try {
			return await work({ signal: this.#stop.signal, onProgress: (now) => (this.progress = now) });
		} finally {
			this.busy = false;
		}
	}

	stop(): void {
		this.stopping = true;
		this.#stop.abort();
	}
}
