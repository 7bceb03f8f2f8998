/** One run of the Einlesedienst from the command line to its exit code: 0 all done, 1 somebody has to look, 2 no server was reached. */
import path from 'node:path';
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import type { Clock } from '$lib/domain/time';
import { parseCommand, type Command, type JoinCommand, type ReadCommand, type WatchCommand } from './command-line';
import { openFeedDatabase } from './feed-database';
import type { FeedPorts } from './feed-desk';
import * as text from './feed-text';
import { openFeedWork, type FeedVoice, type FeedWork } from './feed-work';
import { joinSpace } from './join-space';
import { readPassphrase } from './passphrase';
import { openFeedStores, type FeedStores } from './sqlite-stores';
import { pause, ripeFiles } from './watch-folder';

export interface RunPorts extends FeedVoice {
	readonly environment: { readonly [name: string]: string | undefined };
	readonly clock: Clock;
	readonly stretch: PasswordStretcher;
	/** Comes when the run is to end: what is done stays done. */
	readonly signal: AbortSignal;
}

const DONE = 0;
const NEEDS_A_PERSON = 1;
const NOT_SENT = 2;
type ExitCode = typeof DONE | typeof NEEDS_A_PERSON | typeof NOT_SENT;

export async function runFeed(args: readonly string[], ports: RunPorts): Promise<ExitCode> {
	const fail = (sentence: string): ExitCode => {
		ports.complain(sentence);
		return NEEDS_A_PERSON;
	};
	const command = parseCommand(args);
	if (!command.ok) return fail(command.error.sentence);
	if (command.value.type === 'help') {
		ports.say(text.HELP);
		return DONE;
	}
	const passphrase = readPassphrase(command.value.passphraseFile, ports.environment);
	if (!passphrase.ok) return fail(text.passphraseText(passphrase.error.type));
	const database = openFeedDatabase(path.resolve(command.value.dataDir));
	if (!database.ok) return fail(database.error.type === 'in-use' ? text.IN_USE : text.NOT_WRITABLE);
	try {
		const stores = openFeedStores(database.value, ports.clock);
		return await runCommand(command.value, { ...ports, stores, passphrase: passphrase.value }, fail);
	} finally {
		database.value.close();
	}
}

interface Opened extends RunPorts {
	readonly stores: FeedStores;
	readonly passphrase: string;
}
type Fail = (sentence: string) => ExitCode;

async function runCommand(command: Exclude<Command, { type: 'help' }>, opened: Opened, fail: Fail): Promise<ExitCode> {
	if (command.type === 'join') return join(command, opened, fail);
	const feed: FeedPorts = { ...opened, knownClock: { offset: null } };
	const work = await openFeedWork(feed, opened);
	if (!work.ok) return fail(text.cannotWorkText(work.error));
	if (command.space !== '' && command.space !== work.value.spaceId) return fail(text.OTHER_SPACE);
	if (command.server !== '') await opened.stores.servers.add(command.server);
	// First what others have: an appointment a counter knows already is not new.
	const heard = await work.value.send();
	if (!heard.ok) return fail(text.cannotWorkText(heard.error));
	return command.type === 'read'
		? readOnce(command, work.value, opened, fail)
		: watch(command, work.value, opened, fail);
}

async function join(command: JoinCommand, opened: Opened, fail: Fail): Promise<ExitCode> {
	const { code, server, name } = command;
	const joined = await joinSpace(opened, { code, server, name, passphrase: opened.passphrase });
	if (!joined.ok) return fail(text.joinText(joined.error));
	opened.say(text.JOINED(joined.value.commune));
	const work = await openFeedWork({ ...opened, knownClock: { offset: null } }, opened);
	if (!work.ok) return fail(text.cannotWorkText(work.error));
	return send(work.value, opened, fail);
}

async function readOnce(command: ReadCommand, work: FeedWork, opened: Opened, fail: Fail): Promise<ExitCode> {
	let isAllRead = true;
	for (const file of command.files) {
		if (opened.signal.aborted) break;
		const read = await work.read(file, command, opened.signal);
		if (!read.ok) return fail(text.cannotWorkText(read.error));
		isAllRead &&= read.value;
	}
	if (opened.signal.aborted) return fail(text.STOPPED);
	const sent = await send(work, opened, fail);
	return isAllRead ? sent : NEEDS_A_PERSON;
}

async function send(work: FeedWork, { say, complain }: Opened, fail: Fail): Promise<ExitCode> {
	const sent = await work.send();
	if (!sent.ok) return fail(text.cannotWorkText(sent.error));
	for (const line of sent.value.lines) (sent.value.complete ? say : complain)(line);
	return sent.value.complete ? DONE : NOT_SENT;
}

/** Ends by the signal alone, or where nothing can be written any more; a file or a server that fails is tried at the next look. */
async function watch(command: WatchCommand, work: FeedWork, opened: Opened, fail: Fail): Promise<ExitCode> {
	const { signal } = opened;
	const done = new Map<string, string>();
	const sending = createSending(work, opened, fail);
	opened.say(text.WATCHING(command.folder));
	while (!signal.aborted) {
		const ripe = await ripeFiles(command.folder, done, signal).catch(() => {
			opened.complain(text.FOLDER_UNREADABLE);
			return [];
		});
		for (const { file, state } of ripe) {
			if (signal.aborted) break;
			const read = await work.read(file, command, signal);
			if (!read.ok) return fail(text.cannotWorkText(read.error));
			done.set(file, state);
			sending.changed();
		}
		if (!signal.aborted && (await sending.whenDue()) === NEEDS_A_PERSON) return NEEDS_A_PERSON;
		await pause(Math.max(command.everyMs, LEAST_PAUSE_MS), signal);
	}
	opened.say(text.STOPPED);
	return DONE;
}

const LEAST_PAUSE_MS = 200;
/** Without anything to send: other people, other keys, other columns. */
const HEAR_EVERY_MS = 15 * 60_000;

/** Sends after each change and until it has arrived; says so once, however often it fails. */
function createSending(work: FeedWork, opened: Opened, fail: Fail) {
	let last: ExitCode | null = null;
	let heardAt = -Infinity;
	return {
		changed: () => {
			last = null;
		},
		whenDue: async (): Promise<ExitCode> => {
			if (last === DONE && performance.now() - heardAt < HEAR_EVERY_MS) return last;
			const isSaid = last !== null;
			const quiet = { ...opened, say: () => undefined, complain: () => undefined };
			const code = await send(work, isSaid ? quiet : opened, fail);
			if (isSaid && code === DONE && last === NOT_SENT) opened.say(text.ARRIVED);
			last = code;
			heardAt = performance.now();
			return code;
		}
	};
}
