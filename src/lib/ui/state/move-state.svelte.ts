/** Moving an appointment: what is typed, what it means, and how full the office is then. */
import type { AppointmentRow, LocalTime, Moved } from '$lib/domain/appointment';
import { bookedBeside, checkCapacity, type CapacityCheck } from '$lib/domain/capacity';
import type { LiveView } from '$lib/services/workspace';
import type { LocalDate } from '$lib/domain/time';
import { dayAfter, typedDay, typedTime } from './typed-when';

export interface MoveErrors {
	readonly day: 'missing' | 'past' | null;
	readonly time: 'missing' | null;
}

/** How full it is at the time that is typed. */
export type Fullness =
	| ({ readonly type: 'checked'; readonly perSlot: number } & CapacityCheck)
	/** The office has not said how many it serves at a time. */
	| { readonly type: 'unknown'; readonly beside: number };

interface MovePorts {
	readonly row: () => Pick<AppointmentRow, 'id' | 'minutes'>;
	readonly view: () => Pick<LiveView, 'appointments' | 'settings'>;
	readonly now: () => { readonly date: LocalDate; readonly time: LocalTime };
}

export class MoveState {
	day = $state('');
	time = $state('');
	reason = $state('');
	readonly #ports: MovePorts;

	constructor(ports: MovePorts) {
		this.#ports = ports;
	}

	readonly #date: LocalDate | null = $derived.by(() => typedDay(this.day, this.#ports.now().date));
	readonly #time: LocalTime | null = $derived.by(() => typedTime(this.time));
	readonly target: Moved | null = $derived.by(() => {
		if (this.#date === null || this.#time === null) return null;
		return { date: this.#date, time: this.#time, minutes: this.#ports.row().minutes };
	});
	readonly errors: MoveErrors = $derived.by(() => ({
		day: this.#date === null ? 'missing' : this.#date < this.#ports.now().date ? 'past' : null,
		time: this.#time === null ? 'missing' : null
	}));

	readonly fullness: Fullness | null = $derived.by(() => {
		if (this.#date === null || this.#time === null) return null;
		const { row, view, now } = this.#ports;
		const { id, minutes } = row();
		const proposal = { date: this.#date, time: this.#time, minutes };
		const { appointments, settings } = view();
		if (settings.capacity === null) return { type: 'unknown', beside: bookedBeside(appointments, proposal, id) };
		const notBefore = this.#date === now().date ? now().time : null;
		const { perSlot } = settings.capacity;
		return {
			type: 'checked',
			perSlot,
			...checkCapacity(appointments, settings.capacity, proposal, { except: id, notBefore })
		};
	});

	/** Tomorrow is what is asked for most; the time stays. */
	begin(formatDay: (date: LocalDate) => string, time: LocalTime | null): void {
		this.day = formatDay(nextWorkday(this.#ports.now().date));
		this.time = time ?? '';
		this.reason = '';
	}
}

function nextWorkday(date: LocalDate): LocalDate {
	let day = dayAfter(date);
	while ([0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())) day = dayAfter(day);
	return day;
}
