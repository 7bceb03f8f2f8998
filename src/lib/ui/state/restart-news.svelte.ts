/** That the restart test was passed: good news for the next lock screen, told until somebody has unlocked. */
import type { DeviceSetup } from '$lib/services/workspace';

const TOLD = 'notschalter.restart-test-told';

class RestartNews {
	#passed = $state(false);

	/** Asking is also what ends the test after a restart. */
	async load(setup: DeviceSetup): Promise<void> {
		const test = await setup.restartTest();
		if (test !== 'passed') localStorage.removeItem(TOLD);
		this.#passed = test === 'passed' && localStorage.getItem(TOLD) === null;
	}

	get passed(): boolean {
		return this.#passed;
	}

	told(): void {
		if (!this.#passed) return;
		localStorage.setItem(TOLD, 'yes');
		this.#passed = false;
	}
}

export const restartNews = new RestartNews();
