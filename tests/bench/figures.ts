/** What a measurement hands on: its values as they were, for the table and for whoever doubts it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Figure {
	readonly name: string;
	readonly unit: 's' | 'ms' | 'bytes' | 'files' | 'requests' | 'keys' | 'pushes/s' | 'segments' | 'steps' | '×';
	readonly values: readonly number[];
	/** At most this. */
	readonly goal?: number;
}

/** Where the bench puts what it makes and finds. */
export const FOLDER = process.env['BENCH_FOLDER'] ?? 'test-results/bench';
export const RUNS = Number(process.env['BENCH_RUNS'] ?? 5);
export const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 10_000);

export function report(part: string, figures: readonly Figure[]): void {
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(join(FOLDER, `${part}.json`), JSON.stringify(figures, null, '\t'));
}

/** The value that this share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
