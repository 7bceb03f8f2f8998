/** Reads the files of data carriers, frame by frame, through the one intake; what is wrong with one costs no other. */
import { verifyBundleMessage } from '$lib/crypto/bundle-signature';
import type { DeviceId, RecordId } from '$lib/domain/ids';
import type { Heads, Segment } from '$lib/domain/operation-log';
import { nameOfError } from '$lib/storage/not-written';
import { parseSignedFrame, type ParsedFrame } from '$lib/sync/bundle';
import { readFrames } from '$lib/sync/bundle-frames';
import type { CarrierFault } from './carrier-desk';
import { createPartList } from './carrier-parts';
import type { createIntake, TakenIn } from './intake';

type Intake = Awaited<ReturnType<typeof createIntake>>;

/** The newest that a writer says of itself. */
export interface Said {
	readonly deviceId: DeviceId;
	readonly heads: Heads;
	readonly tips: readonly RecordId[];
	readonly writtenAt: number;
}

const READ_BYTES = 1024 * 1024;
const NO_COUNTS = { added: 0, known: 0, apart: 0, waiting: 0, records: 0, refused: 0, damaged: 0, forged: 0 };

export interface ReadingPorts {
	readonly spaceId: string;
	readonly intake: Pick<Intake, 'take'>;
}

/** One file after the other; `next` reads one frame and tells whether there is more. Never throws. */
export function createCarrierReading({ spaceId, intake }: ReadingPorts, files: readonly File[]) {
	const counts = { ...NO_COUNTS };
	const names = { foreign: new Set<string>(), newer: new Set<string>(), otherSpace: new Set<string>() };
	const unreadable = new Set<string>();
	const parts = createPartList();
	const said = new Map<DeviceId, Said>();
	let bytesRead = 0;
	let fault: CarrierFault | null = null;
	let isEnded = false;

	async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
		for (let at = 0; at < file.size && !isEnded; at += READ_BYTES) {
			const chunk = new Uint8Array(await file.slice(at, at + READ_BYTES).arrayBuffer());
			bytesRead += chunk.length;
			yield chunk;
		}
	}

	async function* readFile(file: File): AsyncGenerator<void> {
		parts.begin(file.name);
		const frames = readFrames(chunksOf(file));
		for (;;) {
			const next = await frames.next();
			if (next.done) {
				if (next.value === 'foreign') names.foreign.add(file.name);
				if (next.value === 'newer') names.newer.add(file.name);
				return;
			}
			if (next.value.type === 'damaged') counts.damaged++;
			else await takeFrame(file.name, next.value.payload);
			yield;
		}
	}

	async function takeFrame(name: string, payload: Uint8Array): Promise<void> {
		const parsed = parseSignedFrame(payload);
		if (!parsed.ok) return void counts.damaged++;
		const frame = parsed.value;
		if ((frame.spaceId as string) !== spaceId) return void names.otherSpace.add(name);
		// Not even what is sound in it is taken: somebody has put it together anew.
		if (!(await verifyBundleMessage(frame.writer, frame.message, frame.signature))) return void counts.forged++;
		parts.note(frame);
		counts.refused += frame.unreadable.length;
		count(frame.offer.segments, await intake.take({ ...frame.offer, records: frame.offer.keyring.records }));
		noteSaid(frame);
	}

	function count(offered: readonly Segment[], taken: TakenIn): void {
		const whole = operationsOf(offered);
		const [added, known, apart, refused] = [taken.added, taken.known, taken.apart, taken.refused].map(operationsOf);
		counts.added += added!;
		counts.known += known!;
		counts.apart += apart!;
		counts.refused += taken.refused.length;
		counts.waiting += Math.max(0, whole - added! - known! - apart! - refused!);
		counts.records += taken.records;
	}

	/** Frames without heads are those in the middle. Of two bundles, the one with the writer's own higher number is the later. */
	function noteSaid({ writer: { deviceId }, offer, writtenAt }: ParsedFrame): void {
		if (offer.heads.size === 0) return;
		const own = (heads: Heads | undefined) => heads?.get(deviceId)?.sequence ?? -1;
		const known = said.get(deviceId);
		if (known && own(known.heads) > own(offer.heads)) return;
		said.set(deviceId, { deviceId, heads: offer.heads, tips: offer.keyring.tips, writtenAt });
	}

	async function* readAll(): AsyncGenerator<void> {
		for (const file of files) {
			try {
				yield* readFile(file);
			} catch (error) {
				// A stick that was pulled out fails by file; a disk that refuses fails for all of them.
				const name = nameOfError(error);
				if (!isOfFile(name)) {
					fault = { type: 'not-written', name };
					return;
				}
				unreadable.add(file.name);
			}
		}
	}
	const steps = readAll();

	return {
		totalBytes: files.reduce((sum, { size }) => sum + size, 0),
		bytesRead: () => bytesRead,
		next: async (): Promise<boolean> => !(await steps.next()).done,
		/** Stops where it is. */
		end: () => (isEnded = true),
		said: () => [...said.values()],
		summary: (stopped: boolean) => ({
			...counts,
			foreign: [...names.foreign],
			newer: [...names.newer],
			otherSpace: [...names.otherSpace],
			unreadable: [...unreadable],
			...parts.summary([...names.foreign, ...names.newer, ...names.otherSpace, ...unreadable], stopped),
			stopped,
			fault
		})
	};
}

const operationsOf = (segments: readonly Segment[]): number =>
	segments.reduce((sum, { header }) => sum + header.count, 0);

/** What a `File` says when its medium is gone, or it was changed since it was chosen. */
const isOfFile = (name: string): boolean => ['NotFoundError', 'NotReadableError', 'SecurityError'].includes(name);
