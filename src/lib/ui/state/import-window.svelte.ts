/** „Zeitraum“: of which days appointments are taken in; from yesterday to eight weeks ahead unless somebody says otherwise. */
import { checkDate } from '$lib/domain/validators/date';
import type { LocalDate } from '$lib/domain/time';
import { formatLocalDate } from '../text/format';

const DAYS_BACK = -1;
const DAYS_AHEAD = 56;

export class ImportWindow {
	/** As typed. */
	from = $state('');
	to = $state('');
	readonly #today: () => LocalDate;

	constructor(today: () => LocalDate) {
		this.#today = today;
		this.from = formatLocalDate(daysFrom(today(), DAYS_BACK));
		this.to = formatLocalDate(daysFrom(today(), DAYS_AHEAD));
	}

	/** Null: one of the two is no date, or they stand the wrong way round. */
	get days(): { readonly from: LocalDate; readonly to: LocalDate } | null {
		const [from, to] = [this.dayOf(this.from), this.dayOf(this.to)];
		return from !== null && to !== null && from <= to ? { from, to } : null;
	}

	/** What somebody typed, as a day. */
	dayOf(typed: string): LocalDate | null {
		const { value, errors } = checkDate(typed, { today: this.#today(), answers: {} });
		return value === '' || errors.length > 0 ? null : (value as LocalDate);
	}
}

const daysFrom = (date: LocalDate, days: number): LocalDate => {
	const day = new Date(`${date}T12:00:00Z`);
	day.setUTCDate(day.getUTCDate() + days);
	return day.toISOString().slice(0, 10) as LocalDate;
};
