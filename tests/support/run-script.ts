/** Runs one of the commands of an operator, as npm would. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';

export interface ScriptRun {
	readonly status: number | null;
	readonly output: string;
	/** What it complained of. */
	readonly faults: string;
}

export function runScript(name: string, environment: Record<string, string>, ...words: readonly string[]): ScriptRun {
	const run = spawnSync(process.execPath, [`scripts/${name}.js`, ...words], {
		env: { PATH: process.env.PATH, ...environment },
		encoding: 'utf8',
		timeout: 60_000
	});
	return { status: run.status, output: run.stdout, faults: run.stderr };
}
