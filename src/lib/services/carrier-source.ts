/** One stream of chunks, parted into the files that it is to become. */
import type { BundleChunk } from './carrier-writing';

type Bytes = Uint8Array<ArrayBuffer>;

/** `onWritten`: operations of a chunk that was handed over. An abort ends the running part with an `AbortError`. */
export function createPartSource(
	next: () => Promise<BundleChunk | null>,
	signal: AbortSignal,
	onWritten: (operations: number) => void
) {
	let held: BundleChunk | null = null;
	const look = async (): Promise<BundleChunk | null> => (held ??= await next());

	return {
		/** The number of the part that comes now; null: there is none left. */
		nextPart: async (): Promise<number | null> => (await look())?.part ?? null,
		async *chunksOfPart(): AsyncGenerator<Bytes> {
			const part = (await look())?.part;
			for (let chunk = await look(); chunk && chunk.part === part; chunk = await look()) {
				signal.throwIfAborted();
				held = null;
				yield chunk.bytes;
				onWritten(chunk.operations);
			}
		}
	};
}
