/** Files into the space: read, compared with what is known, written. What is told of them names no person. */
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import {
	MAX_IMPORT_BYTES,
	type ImportOptions,
	type ImportProblem,
	type ImportReading
} from '$lib/domain/appointment-import';
import { ok, type Result } from '$lib/domain/result';
import type { Instant, LocalDate } from '$lib/domain/time';
import { readImport } from '$lib/import/read-import';
import type { SaveError } from '$lib/services/workspace';
import type { FeedDesk, IntakeCounts } from './feed-desk';

export type FileOutcome =
	| {
			readonly type: 'taken';
			readonly counts: IntakeCounts;
			readonly format: Extract<ImportReading, { type: 'read' }>['format'];
			readonly lost: readonly Place[];
			readonly notes: readonly Place[];
	  }
	| { readonly type: 'not-taken'; readonly reason: NotTaken };
/** Where in the file and why; never what stands there. */
export type Place = Pick<ImportProblem, 'at' | 'reason'>;
export type NotTaken =
	| Extract<ImportReading, { type: 'unreadable' }>['reason']
	| 'needs-mapping'
	| 'needs-date'
	| 'not-there'
	| 'not-a-file';

export interface Span {
	readonly weeks: number;
	readonly date: LocalDate | null;
}

const DAY_MS = 86_400_000;
const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
const dayAt = (ms: number): LocalDate => berlin.format(ms) as LocalDate;

/** From today on: what is past is nobody's appointment any more. */
export async function optionsFor(desk: FeedDesk, { weeks, date }: Span, now: Instant): Promise<ImportOptions> {
	return {
		today: dayAt(now),
		from: dayAt(now),
		to: dayAt(now + weeks * 7 * DAY_MS),
		profiles: await desk.profiles(),
		...(date && { date })
	};
}

/** An error is one of this device's disk: nothing more is to be tried. */
export async function readFileIn(
	desk: FeedDesk,
	file: string,
	options: ImportOptions,
	signal: AbortSignal
): Promise<Result<FileOutcome, SaveError>> {
	const bytes = await bytesOf(file);
	if (typeof bytes === 'string') return ok({ type: 'not-taken', reason: bytes });
	const reading = await readImport(bytes, path.basename(file), options);
	if (reading.type === 'unreadable') return ok({ type: 'not-taken', reason: reading.reason });
	if (reading.type !== 'read') return ok({ type: 'not-taken', reason: reading.type });
	const taken = await desk.takeIn(reading.entries, signal);
	if (!taken.ok) return taken;
	return ok({
		type: 'taken',
		counts: taken.value,
		format: reading.format,
		lost: reading.problems.map(placeOf),
		notes: reading.notes.map(placeOf)
	});
}

const placeOf = ({ at, reason }: ImportProblem): Place => ({ at, reason });

async function bytesOf(file: string): Promise<Uint8Array | 'not-there' | 'not-a-file' | 'too-large'> {
	let handle: FileHandle | null = null;
	try {
		handle = await open(file, 'r');
		const status = await handle.stat();
		if (!status.isFile()) return 'not-a-file';
		if (status.size > MAX_IMPORT_BYTES) return 'too-large';
		return new Uint8Array(await handle.readFile());
	} catch {
		return 'not-there';
	} finally {
		await handle?.close();
	}
}
