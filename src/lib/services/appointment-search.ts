/** Finds appointments by name, telephone, number or service, on whatever day. */
import type { AppointmentId, AppointmentRow } from '$lib/domain/appointment';
import { searchForm } from '$lib/domain/search-key';
import { compact, findLines, wordsOf } from './text-search';

interface Entry {
	readonly id: AppointmentId;
	readonly text: string;
	readonly date: string;
}

const searchText = ({ name, phone, number, service, email }: AppointmentRow): string =>
	` ${searchForm(name)} ${wordsOf(searchForm(name))} ${compact(phone)} ${compact(searchForm(number))} ${wordsOf(searchForm(service))} ${searchForm(email)}`;

export function createAppointmentSearch() {
	const entryById = new Map<AppointmentId, Entry>();
	return {
		put: (rows: readonly AppointmentRow[]) => {
			for (const row of rows) entryById.set(row.id, { id: row.id, text: searchText(row), date: row.date });
		},
		/** Ids, the latest day first. */
		find: (text: string): AppointmentId[] =>
			findLines(entryById.values(), text, (a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0)).map(
				({ id }) => id
			)
	};
}
