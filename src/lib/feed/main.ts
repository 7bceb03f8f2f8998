/** The Einlesedienst as a process: terminal, signals, exit code. Bundled for Node by `vite.feed.config.ts`. */
import process from 'node:process';
import { argon2id } from '$lib/crypto/argon2id';
import type { Instant } from '$lib/domain/time';
import { runFeed } from './run-feed';

export async function main(args: readonly string[]): Promise<void> {
	const ending = new AbortController();
	const end = () => ending.abort();
	process.on('SIGTERM', end);
	process.on('SIGINT', end);
	// Neither children nor a later dump of the environment need it.
	const environment = { ...process.env };
	delete process.env.NOTSCHALTER_PASSPHRASE;
	try {
		process.exitCode = await runFeed(args, {
			environment,
			clock: { now: () => Date.now() as Instant },
			stretch: argon2id,
			signal: ending.signal,
			say: (line) => void process.stdout.write(`${line}\n`),
			complain: (line) => void process.stderr.write(`${line}\n`)
		});
	} catch (error) {
		// The kind of fault alone: a message may quote what was read.
		process.stderr.write(`Unerwarteter Fehler (${error instanceof Error ? error.name : 'unbekannt'}).\n`);
		process.exitCode = 1;
	} finally {
		process.off('SIGTERM', end);
		process.off('SIGINT', end);
	}
}
