/** One file of a further copy: written beside the old one, put in its place when whole, then read again and compared. */
import { crc32 } from '$lib/domain/crc32';
import { err, ok, type Result } from '$lib/domain/result';
import { nameOfError, type NotWritten } from './not-written';

type Bytes = Uint8Array<ArrayBuffer>;

/** → its size. On an error the file is as it was before, or is not to be trusted (`NotReadableError`). */
export async function writeCopyFile(
	directory: FileSystemDirectoryHandle,
	name: string,
	chunks: AsyncIterable<Bytes>
): Promise<Result<number, NotWritten>> {
	try {
		return await writeFile(await directory.getFileHandle(name, { create: true }), chunks);
	} catch (error) {
		return err({ type: 'not-written', name: nameOfError(error) });
	}
}

/** The same into a file that was chosen already. */
export async function writeFile(
	file: FileSystemFileHandle,
	chunks: AsyncIterable<Bytes>
): Promise<Result<number, NotWritten>> {
	try {
		const written = await writeWhole(file, chunks);
		if (await isAsWritten(await file.getFile(), written))
			return ok(written.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
		return err({ type: 'not-written', name: 'NotReadableError' });
	} catch (error) {
		return err({ type: 'not-written', name: nameOfError(error) });
	}
}

interface Written {
	readonly sizeBytes: number;
	readonly checksum: number;
}

/** The browser writes a file of its own, and swaps it for the old one in `close`. */
async function writeWhole(file: FileSystemFileHandle, chunks: AsyncIterable<Bytes>): Promise<Written[]> {
	const stream = await file.createWritable();
	const written: Written[] = [];
	try {
		for await (const chunk of chunks) {
			await stream.write(chunk);
			written.push({ sizeBytes: chunk.length, checksum: crc32(chunk) });
		}
	} catch (error) {
		await stream.abort().catch(() => undefined);
		throw error;
	}
	await stream.close();
	return written;
}

/** A stick may take everything and keep nothing. */
async function isAsWritten(file: File, written: readonly Written[]): Promise<boolean> {
	let at = 0;
	for (const { sizeBytes, checksum } of written) {
		const chunk = new Uint8Array(await file.slice(at, at + sizeBytes).arrayBuffer());
		if (chunk.length !== sizeBytes || crc32(chunk) !== checksum) return false;
		at += sizeBytes;
	}
	return file.size === at;
}

/** Null: not there. */
export async function readCopyFile(directory: FileSystemDirectoryHandle, name: string): Promise<Uint8Array | null> {
	try {
		const file = await (await directory.getFileHandle(name)).getFile();
		return new Uint8Array(await file.arrayBuffer());
	} catch (error) {
		if (nameOfError(error) === 'NotFoundError') return null;
		throw error;
	}
}
