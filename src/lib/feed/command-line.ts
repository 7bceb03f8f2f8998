/** What was asked for on the command line: joining once, reading files, or watching a folder. */
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '$lib/domain/result';
import type { LocalDate } from '$lib/domain/time';
import { isLocalDate } from '$lib/domain/appointment';
import { originOf } from '$lib/services/server-client';

export interface Common {
	readonly dataDir: string;
	/** '' for none. */
	readonly passphraseFile: string;
	/** Origin; '' where none was named: those known already are used. */
	readonly server: string;
}
export interface ReadCommand extends Common {
	readonly type: 'read';
	readonly files: readonly string[];
	/** '' where none was named; otherwise the data folder must be of this one. */
	readonly space: string;
	/** So many weeks from today on are read. */
	readonly weeks: number;
	/** For a table that has times only. */
	readonly date: LocalDate | null;
}
export interface WatchCommand extends Omit<ReadCommand, 'type' | 'files'> {
	readonly type: 'watch';
	readonly folder: string;
	readonly everyMs: number;
}
export interface JoinCommand extends Common {
	readonly type: 'join';
	readonly code: string;
	readonly name: string;
}
export type Command = ReadCommand | WatchCommand | JoinCommand | { readonly type: 'help' };

/** A sentence for the person who typed it. */
export interface NotUnderstood {
	readonly type: 'not-understood';
	readonly sentence: string;
}

const OPTIONS = {
	join: { type: 'string' },
	name: { type: 'string' },
	server: { type: 'string' },
	space: { type: 'string' },
	data: { type: 'string' },
	'passphrase-file': { type: 'string' },
	watch: { type: 'string' },
	every: { type: 'string' },
	weeks: { type: 'string' },
	date: { type: 'string' },
	help: { type: 'boolean', short: 'h' }
} as const;

const DEFAULT_WEEKS = 12;
const MOST_WEEKS = 104;
const DEFAULT_EVERY_MINUTES = 1;
const LONGEST_EVERY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

export function parseCommand(args: readonly string[]): Result<Command, NotUnderstood> {
	const parsed = readArgs(args);
	if (!parsed) return refuse('Diese Angaben gibt es nicht; „npm run feed -- --help“ zeigt alle.');
	const { values, positionals } = parsed;
	if (values.help) return ok({ type: 'help' });
	const server = values.server === undefined ? '' : originOf(values.server);
	if (server === null) return refuse('--server ist keine Adresse, z. B. https://notschalter.example.de');
	const dataDir = values.data ?? 'feed-data';
	const common = { dataDir, passphraseFile: values['passphrase-file'] ?? '', server };
	if (values.join !== undefined) return ok({ ...common, type: 'join', code: values.join, name: values.name ?? '' });
	const weeks = numberIn(values.weeks, DEFAULT_WEEKS, 1, MOST_WEEKS);
	if (weeks === null) return refuse(`--weeks ist eine Zahl von 1 bis ${MOST_WEEKS}.`);
	const { date = null } = values;
	if (date !== null && !isLocalDate(date)) return refuse('--date ist ein Tag in der Form 2026-11-30.');
	const reading = { ...common, space: values.space ?? '', weeks, date };
	if (values.watch === undefined)
		return positionals.length === 0
			? refuse('Es fehlt, was gelesen werden soll: Dateien, oder --watch ORDNER.')
			: ok({ ...reading, type: 'read', files: positionals });
	const every = numberIn(values.every, DEFAULT_EVERY_MINUTES, 0, LONGEST_EVERY_MINUTES);
	if (every === null) return refuse(`--every ist eine Zahl von Minuten, höchstens ${LONGEST_EVERY_MINUTES}.`);
	if (positionals.length > 0) return refuse('Mit --watch werden keine einzelnen Dateien genannt.');
	return ok({ ...reading, type: 'watch', folder: values.watch, everyMs: every * MINUTE_MS });
}

const refuse = (sentence: string): Result<never, NotUnderstood> => err({ type: 'not-understood', sentence });

function readArgs(args: readonly string[]) {
	try {
		return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
	} catch {
		return null;
	}
}

function numberIn(typed: string | undefined, otherwise: number, least: number, most: number): number | null {
	if (typed === undefined) return otherwise;
	const value = Number(typed.replace(',', '.'));
	return typed.trim() !== '' && value >= least && value <= most ? value : null;
}
