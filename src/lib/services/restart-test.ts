/** Restart test (DESIGN § 3.5): setting up ends with closing and opening the browser; only what is still there then is kept. */
import type { IdentityStore } from '$lib/storage/identity-store';
import type { DeviceSetup } from './workspace';

/** Lives as long as the browser's window: a word drawn by chance, and no data. */
const PAGE_LIFE = 'notschalter.page-life';

function pageLife(): string {
	const known = sessionStorage.getItem(PAGE_LIFE);
	if (known !== null) return known;
	const drawn = crypto.randomUUID();
	sessionStorage.setItem(PAGE_LIFE, drawn);
	return drawn;
}

/** Passed when the identity is found by another life of the page than the one that began the test. */
export function createRestartTest(store: IdentityStore): Pick<DeviceSetup, 'restartTest' | 'beginRestartTest'> {
	return {
		restartTest: async () => {
			const identity = await store.load();
			if (!identity) return 'not-begun';
			const { status, begunIn } = identity.restartTest;
			if (status !== 'waiting-for-restart' || begunIn === pageLife()) return status;
			await store.save({ ...identity, restartTest: { status: 'passed', begunIn } });
			return 'passed';
		},
		beginRestartTest: async () => {
			const identity = await store.load();
			if (!identity) return;
			await store.save({ ...identity, restartTest: { status: 'waiting-for-restart', begunIn: pageLife() } });
		}
	};
}
