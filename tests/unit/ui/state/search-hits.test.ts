import { expect, it } from 'vitest';
import type { LocalDate } from '$lib/domain/time';
import { searchHits } from '$lib/ui/state/search-hits';
import { anAppointment, THE_DAY } from '../../../support/invented-appointments';
import { aRow } from '../../../support/invented-view';

const day = (date: string) => date as LocalDate;

it('puts requests first, then today, then what is to come, then what is past', () => {
	const days = [
		anAppointment(1, { date: day('2023-11-05') }),
		anAppointment(2, { date: day('2023-11-20') }),
		anAppointment(3, { date: THE_DAY }),
		anAppointment(4, { date: day('2023-11-01') })
	];
	const rows = [aRow(1), aRow(2)];
	const found = { requests: [...rows.map(({ id }) => id)].reverse(), appointments: days.map(({ id }) => id) };
	expect(searchHits(found, rows, days, THE_DAY).map(({ row }) => row.id)).toEqual([
		rows[1]?.id,
		rows[0]?.id,
		...[3, 2, 1, 4].map((n) => days[n - 1]?.id)
	]);
});

it('shows eight, and of each kind half where there are many of both', () => {
	const days = Array.from({ length: 9 }, (_, n) => anAppointment(n));
	const rows = Array.from({ length: 9 }, (_, n) => aRow(n + 1));
	const all = { requests: rows.map(({ id }) => id), appointments: days.map(({ id }) => id) };
	const kinds = (found: typeof all) =>
		searchHits(found, rows, days, THE_DAY)
			.map(({ type }) => type[0])
			.join('');
	expect(kinds(all)).toBe('rrrraaaa');
	expect(kinds({ ...all, requests: [] })).toBe('aaaaaaaa');
	expect(kinds({ ...all, appointments: [] })).toBe('rrrrrrrr');
	expect(kinds({ ...all, requests: all.requests.slice(0, 2) })).toBe('rraaaaaa');
});

it('leaves out an entry that was merged into another', () => {
	const days = [anAppointment(1, { mergedInto: anAppointment(2).id }), anAppointment(2)];
	const found = { requests: [], appointments: days.map(({ id }) => id) };
	expect(searchHits(found, [], days, THE_DAY).map(({ row }) => row.id)).toEqual([days[1]?.id]);
});
