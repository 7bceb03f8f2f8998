/** The kit as one file: a ZIP that Windows opens by itself and that keeps what may be run on Linux. Written piece by piece. */
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** „Made on Unix“: only then do unpackers look at the modes. */
const UNIX = 3;
const PACKED = /\.(gz|br|png|woff2|pdf)$/;

/**
 * @param {string} root Folder whose files go in.
 * @param {readonly string[]} files Below it, with `/`.
 * @param {string} target
 * @param {string} prefix Folder that unpacking makes.
 * @returns {Promise<number>} size in bytes
 */
export async function writeZip(root, files, target, prefix) {
	const out = createWriteStream(target);
	/** @type {Error | null} */
	let fault = null;
	out.on('error', (error) => (fault = error));
	const zip = new Zip((error, chunk, isLast) => {
		if (error) fault = error;
		else out.write(chunk);
		if (isLast) out.end();
	});
	for (const file of files) {
		const place = path.join(root, file);
		const { mode, mtime } = statSync(place);
		const name = `${prefix}/${file}`;
		const entry = PACKED.test(file) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 9 });
		entry.os = UNIX;
		entry.attrs = ((0o100000 | (mode & 0o777)) << 16) >>> 0;
		entry.mtime = mtime;
		zip.add(entry);
		for await (const chunk of createReadStream(place, { highWaterMark: 1024 * 1024 })) {
			entry.push(chunk);
			if (out.writableNeedDrain) await once(out, 'drain');
		}
		entry.push(new Uint8Array(0), true);
	}
	zip.end();
	await once(out, 'close');
	if (fault) throw fault;
	return statSync(target).size;
}
