/** Short messages that need no answer. Anything that matters later stands on the page itself, not here. */

export interface Toast {
	readonly id: number;
	readonly text: string;
	readonly variant: 'info' | 'success' | 'warning' | 'danger';
	readonly action: { readonly label: string; readonly run: () => void } | null;
}

const SHOWN_MS = 8_000;

class Toasts {
	shown = $state.raw<readonly Toast[]>([]);
	#lastId = 0;
	#timers = new Map<number, ReturnType<typeof setTimeout>>();
	#held = false;

	/** Warnings and dangers stay until they are closed. */
	show(text: string, { variant = 'success', action = null }: Partial<Pick<Toast, 'variant' | 'action'>> = {}): void {
		const toast: Toast = { id: ++this.#lastId, text, variant, action };
		this.shown = [...this.shown.slice(-2), toast];
		if (!this.#held) this.#startTimer(toast);
	}

	dismiss(id: number): void {
		clearTimeout(this.#timers.get(id));
		this.#timers.delete(id);
		this.shown = this.shown.filter((toast) => toast.id !== id);
	}

	/** Pointed at or focused: nothing vanishes under a hand. */
	hold(): void {
		this.#held = true;
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	release(): void {
		this.#held = false;
		for (const toast of this.shown) this.#startTimer(toast);
	}

	/** Locking leaves nothing behind. */
	clear(): void {
		for (const { id } of this.shown) this.dismiss(id);
	}

	#startTimer({ id, variant }: Toast): void {
		if (variant === 'warning' || variant === 'danger') return;
		clearTimeout(this.#timers.get(id));
		this.#timers.set(
			id,
			setTimeout(() => this.dismiss(id), SHOWN_MS)
		);
	}
}

export const toasts = new Toasts();
