/** Reads what the ZMS API answers to `processList`: the day or the queue of a Standort, as JSON. */
import {
	MAX_IMPORT_ENTRIES,
	type ImportedAppointment,
	type ImportOptions,
	type ImportProblem,
	type ImportReading
} from '$lib/domain/appointment-import';
import { factsOf, problemOf } from './facts';
import { fingerprintOf, numbered } from './fingerprint';
import { fieldOf, firstText, listOf } from './zms-fields';
import { isProcess, processOf } from './zms-process';

type Window = Pick<ImportOptions, 'from' | 'to'>;
interface Found {
	readonly entries: ImportedAppointment[];
	readonly problems: ImportProblem[];
	readonly notes: ImportProblem[];
}

/** `{ data: [...] }`, `{ data: { 0: … } }`, `{ data: { processes: [...] } }`, or the list alone. Never throws. */
export function readZmsJson(text: string, window: Window): ImportReading {
	if (text.trim() === '') return { type: 'unreadable', reason: 'empty' };
	const parsed = parsedFrom(text);
	if (parsed === null) return { type: 'unreadable', reason: /^\s*\uFEFF?\s*[[{]/.test(text) ? 'damaged' : 'not-known' };
	const list = processesIn(parsed.json);
	if (list === null) return { type: 'unreadable', reason: 'not-known' };
	if (list.length === 0) return { type: 'unreadable', reason: 'no-events' };
	if (list.length > MAX_IMPORT_ENTRIES) return { type: 'unreadable', reason: 'too-many-rows' };
	const found: Found = { entries: [], problems: [], notes: [] };
	for (const [place, process] of list.entries()) take(found, process, place + 1, window);
	const entries = numbered(newestOf(found));
	return {
		type: 'read',
		format: 'zms-json',
		source: 'zms-json',
		entries,
		problems: found.problems,
		notes: found.notes
	};
}

function parsedFrom(text: string): { readonly json: unknown } | null {
	try {
		return { json: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
	} catch {
		return null;
	}
}

/** Null: nothing in it looks like a process. */
function processesIn(json: unknown): readonly unknown[] | null {
	const content = fieldOf(json, 'data') ?? json;
	if (isProcess(content)) return [content];
	const list = listOf(fieldOf(content, 'processes') ?? content);
	const isAnswer = fieldOf(json, 'data') !== undefined || Array.isArray(json);
	return list.some(isProcess) || (isAnswer && list.length === 0) ? list : null;
}

function take({ entries, problems, notes }: Found, process: unknown, at: number, { from, to }: Window): void {
	const reading = processOf(process);
	if (reading.type === 'left') {
		(reading.reason === 'no-content' ? notes : problems).push(problemOf(reading.reason, at, excerptOf(process)));
		return;
	}
	const { facts, notes: cuts } = factsOf(reading.given, at);
	if (facts.date < from || facts.date > to) {
		notes.push(problemOf('not-in-window', at, facts.name || facts.number));
		return;
	}
	notes.push(...cuts);
	const key = reading.key === '' ? fingerprintOf(facts) : reading.key;
	entries.push({ key, sequence: 0, changedAt: reading.changedAt, facts, at });
}

const excerptOf = (process: unknown): string =>
	firstText(
		process,
		fieldOf(process, 'clients', 0, 'familyName'),
		fieldOf(process, 'displayNumber'),
		fieldOf(process, 'id')
	);

/** A process may be told twice, once for each of its slots: the one changed last counts, then the first. */
function newestOf({ entries, notes }: Found): readonly ImportedAppointment[] {
	const newest = new Map<string, ImportedAppointment>();
	for (const entry of entries) {
		const known = newest.get(entry.key);
		if (known === undefined || (entry.changedAt ?? 0) > (known.changedAt ?? 0)) newest.set(entry.key, entry);
	}
	const counts = (entry: ImportedAppointment): boolean =>
		!entry.key.startsWith('zms:') || newest.get(entry.key) === entry;
	for (const { at, facts } of entries.filter((entry) => !counts(entry)))
		notes.push(problemOf('superseded', at, facts.name || facts.number));
	return entries.filter(counts);
}
