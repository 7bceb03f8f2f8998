/** „--watch“: looks into a folder again and again, and names files that are new or changed and no longer being written. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file counts as written when its size and time have stayed the same for so long. */
const STABLE_MS = 2_000;

/** One look: files that were not done as they are now, ripe ones only. Throws where the folder cannot be read. */
export async function ripeFiles(
	folder: string,
	done: ReadonlyMap<string, string>,
	signal: AbortSignal
): Promise<readonly { readonly file: string; readonly state: string }[]> {
	const before = await statesIn(folder);
	const fresh = [...before].filter(([file, state]) => done.get(file) !== state);
	if (fresh.length === 0) return [];
	await pause(STABLE_MS, signal);
	if (signal.aborted) return [];
	const after = await statesIn(folder);
	return fresh.filter(([file, state]) => after.get(file) === state).map(([file, state]) => ({ file, state }));
}

/** Size and time of change by path; what begins with a dot or ends like a download in progress is nobody's export. */
async function statesIn(folder: string): Promise<ReadonlyMap<string, string>> {
	const states = new Map<string, string>();
	for (const name of (await readdir(folder)).sort()) {
		if (/^[.~]|\.(tmp|part|partial|crdownload|filepart)$/i.test(name)) continue;
		const file = path.join(folder, name);
		const status = await stat(file).catch(() => null);
		if (status?.isFile()) states.set(file, `${status.size} ${status.mtimeMs}`);
	}
	return states;
}

/** Ends early when the signal comes. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) return resolve();
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		signal.addEventListener('abort', end);
	});
}
