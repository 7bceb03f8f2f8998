/** Fixtures of import files, and what came of them in one line each. */
import { readFileSync } from 'node:fs';
import type { ImportReading } from '$lib/domain/appointment-import';
import type { LocalDate } from '$lib/domain/time';

export const WINDOW = { from: '2025-10-01' as LocalDate, to: '2026-04-30' as LocalDate };

export const fixture = (name: string): string => readFileSync(`tests/fixtures/import/${name}`, 'utf8');

export type Read = Extract<ImportReading, { type: 'read' }>;
export function taken(reading: ImportReading): Read {
	if (reading.type !== 'read') throw new Error(`not read: ${JSON.stringify(reading)}`);
	return reading;
}

/** `key date time minutes name`. */
export const linesOf = (reading: ImportReading): readonly string[] =>
	taken(reading).entries.map(({ key, facts: { date, time, minutes, name, cancelled } }) =>
		[key, date, time ?? '–', minutes ?? '–', name, ...(cancelled ? ['cancelled'] : [])].join(' ')
	);

export const reasonsOf = (told: Read['notes']): readonly string[] =>
	told.map(({ at, reason }) => `${at === null ? '' : String(at)} ${reason}`);
