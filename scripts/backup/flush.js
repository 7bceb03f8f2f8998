/** Onto the disk, for good. */
import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import process from 'node:process';

/** A stick that is pulled out, a machine that loses power: both keep what was flushed. @param {string} place File or folder. */
export function flush(place) {
	const isFolder = statSync(place).isDirectory();
	// Windows opens no folders.
	if (isFolder && process.platform === 'win32') return;
	const handle = openSync(place, isFolder ? 'r' : 'r+');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
