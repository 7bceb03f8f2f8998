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

/** Held by the window in which the test was begun, for as long as it lives: another tab beside it is no restart. */
const BEGUN_HERE = 'notschalter.restart-test';

function holdWhileOpen(): void {
	void navigator.locks.request(BEGUN_HERE, { ifAvailable: true }, () => new Promise<void>(() => undefined));
}

const isBegunElsewhere = async (): Promise<boolean> =>
	(await navigator.locks.query()).held?.some((lock) => lock.name === BEGUN_HERE) ?? false;

/** Passed when the identity is found by another life of the page than the one that began the test. */
export function createRestartTest(store: IdentityStore): Pick<DeviceSetup, 'restartTest' | 'beginRestartTest'> {
	return {
		restartTest: async () => {
			const identity = await store.load();
			if (!identity) return 'not-begun';
			const { status, begunIn } = identity.restartTest;
			if (status !== 'waiting-for-restart') return status;
			if (begunIn === pageLife()) holdWhileOpen();
			if (begunIn === pageLife() || (await isBegunElsewhere())) return status;
			await store.update((now) => ({ ...now, restartTest: { status: 'passed', begunIn } }));
			return 'passed';
		},
		beginRestartTest: async () => {
			const identity = await store.load();
			if (!identity) return;
			holdWhileOpen();
			await store.update((now) => ({ ...now, restartTest: { status: 'waiting-for-restart', begunIn: pageLife() } }));
		}
	};
}
