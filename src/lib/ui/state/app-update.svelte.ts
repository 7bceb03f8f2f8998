/** The copy of the app on this device: is it complete, and is a newer version waiting? Nothing reloads unasked. */
import { Workbox } from 'workbox-window';
import { trustedScriptUrl } from '$lib/services/trusted-script-url';

const CHECK_EVERY_MS = 30 * 60_000;

/** `unsupported`: no service worker here (an address without TLS, a private window): the app needs its server. */
type OfflineCopy = 'unknown' | 'complete' | 'failed' | 'unsupported';

class AppUpdate {
	/** A newer version is on the device and waits to be taken. */
	ready = $state(false);
	/** Does the app start here with every server gone? */
	offlineCopy = $state<OfflineCopy>('unknown');
	#workbox: Workbox | null = null;
	#beforeReload = new Set<() => Promise<void>>();

	/** Registers the service worker; called once, when the app starts. */
	async start(): Promise<void> {
		if (this.#workbox) return;
		if (!('serviceWorker' in navigator)) {
			this.offlineCopy = 'unsupported';
			return;
		}
		const workbox = new Workbox(trustedScriptUrl('/service-worker.js'));
		this.#workbox = workbox;
		workbox.addEventListener('waiting', () => (this.ready = true));
		// The first copy of all takes over pages that came from the server: it replaces nothing, and nothing typed there may go.
		let isReplaced = navigator.serviceWorker.controller !== null;
		workbox.addEventListener('controlling', () => {
			// Also told when the worker is gone, e.g. with all data of this site: there is no version to change to.
			if (!navigator.serviceWorker.controller) return;
			if (isReplaced || this.ready) void this.#reload();
			isReplaced = true;
		});
		void navigator.serviceWorker.ready.then(() => (this.offlineCopy = 'complete'));
		try {
			await workbox.register({ immediate: true });
		} catch {
			// Without a server the old copy goes on working; without a copy there is nothing to lose.
			if (!navigator.serviceWorker.controller) this.offlineCopy = 'failed';
		}
		setInterval(() => void workbox.update().catch(() => undefined), CHECK_EVERY_MS);
	}

	/** Takes the waiting version: every window of this device reloads. */
	accept(): void {
		this.#workbox?.messageSkipWaiting();
	}

	/** What must be on the disk before a reload, e.g. a draft. Gives back how to take it off the list. */
	beforeReload(save: () => Promise<void>): () => void {
		this.#beforeReload.add(save);
		return () => this.#beforeReload.delete(save);
	}

	async #reload(): Promise<void> {
		await Promise.allSettled([...this.#beforeReload].map((save) => save()));
		window.location.reload();
	}
}

export const appUpdate = new AppUpdate();
