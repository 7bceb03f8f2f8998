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
const MOST_WRITERS = 1_000;
const MOST_STRANGERS = 20;
const NO_COUNTS = { added: 0, known: 0, apart: 0, waiting: 0, records: 0, refused: 0, damaged: 0, forged: 0 };

export interface ReadingPorts {
	readonly spaceId: string;
	readonly intake: Pick<Intake, 'take' | 'holdsKey'>;
}

/** One file after the other; `next` reads one frame and tells whether there is more. Never throws. */
export function createCarrierReading({ spaceId, intake }: ReadingPorts, files: readonly File[]) {
	const counts = { ...NO_COUNTS };
	const names = { foreign: new Set<string>(), newer: new Set<string>(), otherSpace: new Set<string>() };
	const unreadable = new Set<string>();
	const parts = createPartList();
	const said = new Map<DeviceId, Said>();
	const writers = new Set<DeviceId>();
	let strangers = 0;
	const nameOf = namesApart(files);
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
		const name = nameOf(file);
		parts.begin(name);
		const frames = readFrames(chunksOf(file));
		for (;;) {
			const next = await frames.next();
			if (next.done) {
				if (next.value === 'foreign') names.foreign.add(name);
				if (next.value === 'newer') names.newer.add(name);
				return;
			}
			if (next.value.type === 'damaged') counts.damaged++;
			if (next.value.type === 'frame') await takeFrame(name, next.value.payload);
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
		await noteSaid(frame);
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

	/**
	 * Frames without heads are those in the middle. Of two bundles, the one with the writer's own higher number is the later. Of those
	 * whose key is not here yet, a few are listened to: anybody can make up any number of writers.
	 */
	async function noteSaid({ writer: { deviceId }, offer, writtenAt }: ParsedFrame): Promise<void> {
		if (writers.size < MOST_WRITERS) writers.add(deviceId);
		if (offer.heads.size === 0) return;
		if (!said.has(deviceId) && !(await intake.holdsKey(deviceId)) && ++strangers > MOST_STRANGERS) return;
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
				unreadable.add(nameOf(file));
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
		/** Everybody who signed some of it, as far as that need be told. */
		writers: () => [...writers],
		summary: (stopped: boolean) => ({
			...counts,
			damaged: Math.max(counts.damaged, parts.missingFrames() - counts.forged),
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

/** Two files of one name, from two folders, are told apart in the report. */
function namesApart(files: readonly File[]): (file: File) => string {
	const used = new Map<string, number>();
	const names = new Map<File, string>();
	for (const file of files) {
		const count = (used.get(file.name) ?? 0) + 1;
		used.set(file.name, count);
		names.set(file, count === 1 ? file.name : `${file.name} (${count})`);
	}
	return (file) => names.get(file) ?? file.name;
}

const operationsOf = (segments: readonly Segment[]): number =>
	segments.reduce((sum, { header }) => sum + header.count, 0);

/** What a `File` says when its medium is gone, or it was changed since it was chosen. */
const isOfFile = (name: string): boolean => ['NotFoundError', 'NotReadableError', 'SecurityError'].includes(name);
