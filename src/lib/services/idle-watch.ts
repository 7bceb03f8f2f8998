/** When nobody touches the device: the cover after five minutes, the full lock after sixty (DESIGN § 3.3). */

export const COVER_AFTER_MS = 5 * 60_000;
export const LOCK_AFTER_MS = 60 * 60_000;

export type IdleStage = 'active' | 'cover' | 'lock';

/** Which stage a pause of this length has reached. */
export const idleStage = (idleMs: number): IdleStage =>
	idleMs >= LOCK_AFTER_MS ? 'lock' : idleMs >= COVER_AFTER_MS ? 'cover' : 'active';

/**
 * How long nobody touched the device. Two clocks are asked and the longer pause counts: the wall clock may be set back,
 * and the page's own clock may stand still while the machine sleeps.
 */
export function createIdleMeter(wall: () => number, monotonic: () => number) {
	let touchedWall = wall();
	let touchedMonotonic = monotonic();
	return {
		touch: () => {
			touchedWall = wall();
			touchedMonotonic = monotonic();
		},
		idleMs: () => Math.max(wall() - touchedWall, monotonic() - touchedMonotonic)
	};
}

/**
 * Watches the page while somebody is unlocked. Deadlines are checked on every sign of coming back before anything is
 * rendered, and by a timer in between; `freeze` locks at once, since no timer runs in a frozen page.
 */
export function watchIdle(onStage: (stage: IdleStage) => void): { touch(): void; stop(): void } {
	const meter = createIdleMeter(
		() => Date.now(),
		() => performance.now()
	);
	const check = () => onStage(idleStage(meter.idleMs()));
	const freeze = () => onStage('lock');
	const timer = setInterval(check, 1_000);
	const windowEvents = ['focus', 'pageshow'] as const;
	const documentEvents = ['visibilitychange', 'resume'] as const;
	for (const name of windowEvents) window.addEventListener(name, check, true);
	for (const name of documentEvents) document.addEventListener(name, check, true);
	document.addEventListener('freeze', freeze);
	return {
		touch: () => {
			check();
			meter.touch();
		},
		stop: () => {
			clearInterval(timer);
			for (const name of windowEvents) window.removeEventListener(name, check, true);
			for (const name of documentEvents) document.removeEventListener(name, check, true);
			document.removeEventListener('freeze', freeze);
		}
	};
}
