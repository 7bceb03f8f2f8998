/** The day whose list was printed here, or was not wanted: a date and nothing else, so that the offer comes once a day. */
import { isLocalDate } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';

const ITEM = 'notschalter.day-list-offered';

class DayListOffered {
	#day = $state<LocalDate | null>(readDay());

	get day(): LocalDate | null {
		return this.#day;
	}
	set day(day: LocalDate | null) {
		this.#day = day;
		try {
			if (day === null) localStorage.removeItem(ITEM);
			else localStorage.setItem(ITEM, day);
		} catch {
			// A browser that keeps no settings offers it again after the next start.
		}
	}
}

function readDay(): LocalDate | null {
	try {
		const stored = localStorage.getItem(ITEM);
		return isLocalDate(stored) ? stored : null;
	} catch {
		return null;
	}
}

export const dayListOffered = new DayListOffered();
