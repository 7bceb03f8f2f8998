/** Takes many cancellations back, one after the other, and says how far it is once that takes a while. */
import type { AppointmentId, BeforeStep } from '$lib/domain/appointment';
import type { AppointmentDesk } from '$lib/services/appointment-desk';

/** What is done sooner needs no bar. */
const SHOWN_AFTER_MS = 1_000;

class TakingBack {
	done = $state(0);
	of = $state(0);
	isLong = $state(false);

	/** Goes on while the clerk works elsewhere. Gives back how many could not be taken back. */
	async run(desk: Pick<AppointmentDesk, 'undo'>, before: ReadonlyMap<AppointmentId, BeforeStep>): Promise<number> {
		const timer = setTimeout(() => (this.isLong = true), SHOWN_AFTER_MS);
		this.done = 0;
		this.of = before.size;
		let failed = 0;
		for (const [id, step] of before) {
			const undone = await desk.undo(id, step);
			if (!undone.ok && !(undone.error.type === 'refused' && undone.error.rule === 'nothing-changed')) failed++;
			this.done++;
		}
		clearTimeout(timer);
		this.isLong = false;
		return failed;
	}
}

export const takingBack = new TakingBack();
