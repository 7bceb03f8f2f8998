/** What the day's list asks: which dialog stands open, and about whom it was opened. */
import type { AppointmentRow } from '$lib/domain/appointment';

export type RowQuestion = 'amend' | 'cancel' | 'move';
type Question = RowQuestion | 'report' | 'walk-in' | 'merge';

export class DayQuestion {
	asking = $state<Question | null>(null);
	/**
	 * The row as it stood when it was asked about. Whoever is chosen, changed or filtered away meanwhile: the answer is
	 * for this one. It stays after the dialog is closed, for what is still being written.
	 */
	about = $state.raw<AppointmentRow | null>(null);

	askAbout(row: AppointmentRow, which: RowQuestion): void {
		this.about = row;
		this.asking = which;
	}

	/** A dialog that closes late closes no other one. */
	set(which: Question, open: boolean): void {
		if (open) this.asking = which;
		else if (this.asking === which) this.asking = null;
	}
}
