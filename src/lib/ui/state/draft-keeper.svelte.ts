/** Keeps a half-filled form on the disk: sealed at most two seconds after a key was pressed, and never called saved before it is. */
import type { JsonValue } from '$lib/domain/operation';
import type { Result } from '$lib/domain/result';
import type { SaveError } from '$lib/services/workspace';

export type DraftState = 'empty' | 'waiting' | 'saving' | 'saved' | 'failed';

const SAVE_AFTER_MS = 2000;

interface DraftPorts {
	/** The form as it stands. */
	content(): JsonValue;
	/** Resolves when it is on the disk. */
	save(content: JsonValue): Promise<Result<void, SaveError>>;
}

export class DraftKeeper {
	state = $state<DraftState>('empty');
	readonly #ports: DraftPorts;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#running: Promise<void> | null = null;
	#stopped = false;

	constructor(ports: DraftPorts, restored = false) {
		this.#ports = ports;
		if (restored) this.state = 'saved';
	}

	/** Something was typed. The first change starts the clock; later ones do not push it back. */
	changed(): void {
		if (this.#stopped) return;
		this.state = 'waiting';
		this.#timer ??= setTimeout(() => void this.flush(), SAVE_AFTER_MS);
	}

	/**
	 * Saves at once what is not saved yet; resolves when it is on the disk or has failed.
	 * Saving begins before this returns: whoever locks forgets the keys in the next moment.
	 */
	flush(): Promise<void> {
		this.#clearTimer();
		if (this.#running) return this.#running.then(() => this.flush());
		if (this.#stopped || (this.state !== 'waiting' && this.state !== 'failed')) return Promise.resolve();
		this.#running = this.#save().finally(() => (this.#running = null));
		return this.#running;
	}

	/** No more saving: the draft has become a request or is discarded. Resolves when nothing is under way. */
	async stop(): Promise<void> {
		this.#stopped = true;
		this.#clearTimer();
		await this.#running;
	}

	/** After a save that failed: the draft is kept on again. */
	resume(): void {
		this.#stopped = false;
		this.changed();
	}

	async #save(): Promise<void> {
		this.state = 'saving';
		const saved = await this.#ports.save(this.#ports.content());
		if (this.isWaiting()) return;
		this.state = saved.ok ? 'saved' : 'failed';
	}

	/** True when something was typed while saving was under way. */
	private isWaiting = (): boolean => this.state === 'waiting';

	#clearTimer(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
	}
}
