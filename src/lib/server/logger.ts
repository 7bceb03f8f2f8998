/** JSON logs without personal data: which route, which status, how long; no address, no query, no message of an error; ids in the line of a gap alone. */
import { pino, type Logger } from 'pino';

export const createLogger = (level: string): Logger =>
	pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });

/** Name and place of an error. Its message may quote what it choked on, so it stays out. */
export function errorFields(error: unknown): { readonly name: string; readonly at: readonly string[] } {
	if (!(error instanceof Error)) return { name: typeof error, at: [] };
	const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return { name: error.name, at: frames.slice(0, 8).map((line) => line.trim()) };
}
