/** Data carriers on the page: where a bundle goes and where it comes from; the keeper makes and reads the bytes. */
import type { DeviceId } from '$lib/domain/ids';
import type { Heads } from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock, Instant } from '$lib/domain/time';
import { nameOfError } from '$lib/storage/not-written';
import type { PeerStore } from '$lib/storage/peer-store';
import type { CarrierDesk, CarrierFault, ReadInput, ReadReport, WriteInput, WriteReport } from './carrier-desk';
import { chooseSink, downloadSink, type CarrierSink } from './carrier-sink';
import { createPartSource } from './carrier-source';
import { fileStamp } from './file-stamp';
import type { KeeperCalls } from './log-keeper.worker';
import { countUnsent } from './unsent';
import type { Remote } from './worker-call';
import type { LiveView } from './workspace';

export interface CarriersPorts {
	readonly keeper: Pick<
		Remote<KeeperCalls>,
		'beginWriting' | 'nextChunk' | 'beginReading' | 'readOn' | 'endReading' | 'settleReading'
	>;
	readonly peers: PeerStore;
	readonly clock: Clock;
	view(): LiveView;
	heads(): Heads;
	deviceCode(): string;
	/** What others hold is known anew. */
	onChanged(): Promise<void>;
	/** Something came in: other windows and servers are to have it. */
	onTaken(): void;
	onKeyringChanged(): Promise<void>;
	onIdentityLost(): void;
}

const EXTENSION = '.notschalter';

export function createCarriers(ports: CarriersPorts): CarrierDesk {
	const { peers, clock } = ports;
	const counterOf = (id: DeviceId) => ports.view().devices.find(({ deviceId }) => deviceId === id)?.counter ?? '';

	return {
		canChoose: typeof window.showDirectoryPicker === 'function' && typeof window.showSaveFilePicker === 'function',
		peers: async () =>
			(await peers.list()).map(({ deviceId, heads, writtenAt, readAt }) => ({
				deviceId,
				counter: counterOf(deviceId),
				// A row of an older version does not know when it was written.
				writtenAt: (writtenAt || readAt) as Instant,
				lackingCount: countUnsent(ports.heads(), heads)
			})),
		forget: async (deviceId) => {
			await peers.remove(deviceId);
			await ports.onChanged();
		},
		write: async (input) => {
			const base = `Notschalter-${ports.deviceCode()}-${fileStamp(clock.now())}`;
			const nameOf = (part: number) => `${base}${input.partBytes === null ? '' : `-Teil-${part}`}${EXTENSION}`;
			try {
				const sink = input.into === 'download' ? downloadSink() : await chooseSink(input.partBytes === null, nameOf(1));
				return await write(ports, input, sink, nameOf);
			} catch (error) {
				// Closed without choosing: nothing was written.
				const name = nameOfError(error);
				return name === 'AbortError' ? ok(NOTHING_WRITTEN) : err({ type: 'not-written', name });
			}
		},
		// What was read until then is on the disk: the log is written before anything is told.
		read: (input) =>
			read(ports, input).catch((error: unknown) => ({
				...NOTHING_READ,
				fault: { type: 'not-written', name: nameOfError(error) }
			}))
	};
}

export const NOTHING_READ: ReadReport = {
	added: 0,
	known: 0,
	requests: [],
	appointments: 0,
	records: 0,
	writers: [],
	isOwn: false,
	isUnknownWriter: false,
	apart: 0,
	waiting: 0,
	refused: 0,
	damaged: 0,
	forged: 0,
	foreign: [],
	newer: [],
	otherSpace: [],
	cutOff: [],
	unreadable: [],
	doubled: [],
	missingParts: [],
	lacksLast: false,
	stopped: false,
	fault: null
};
const NOTHING_WRITTEN: WriteReport = { files: [], bytes: 0, operations: 0, stopped: true };

async function write(
	{ keeper }: CarriersPorts,
	{ reader, partBytes, signal, onProgress }: WriteInput,
	sink: CarrierSink,
	nameOf: (part: number) => string
): Promise<Result<WriteReport, CarrierFault>> {
	const total = await keeper.beginWriting(reader, partBytes);
	let done = 0;
	const source = createPartSource(keeper.nextChunk, signal, (operations) => {
		done += operations;
		onProgress({ done, total });
	});
	const files: string[] = [];
	let bytes = 0;
	for (let part = await source.nextPart(); part !== null; part = await source.nextPart()) {
		const written = await sink.write(nameOf(part), source.chunksOfPart());
		if (!written.ok && written.error.name === 'AbortError')
			return ok({ files, bytes, operations: done, stopped: true });
		if (!written.ok) return written;
		files.push(written.value.name);
		bytes += written.value.bytes;
	}
	return ok({ files, bytes, operations: done, stopped: false });
}

async function read(ports: CarriersPorts, { files, signal, onProgress }: ReadInput): Promise<ReadReport> {
	const { keeper } = ports;
	const before = { rows: new Set<string>(ids(ports.view().rows)), appointments: ports.view().appointments.length };
	const total = await keeper.beginReading(files);
	for (let more = true; more && !signal.aborted;) {
		const step = await keeper.readOn();
		more = step.more;
		onProgress({ done: step.bytes, total });
	}
	const { keyringChanged, ...summary } = await keeper.endReading(signal.aborted);
	if (keyringChanged) await ports.onKeyringChanged();
	const { writerIds, identityLost, settleFault, ...judged } = await keeper.settleReading();
	await ports.onChanged();
	if (summary.added > 0 || summary.records > 0) ports.onTaken();
	const counters = new Map<string, number>();
	const { devices, rows, appointments } = ports.view();
	const counterOf = (id: DeviceId) => devices.find(({ deviceId }) => deviceId === id)?.counter ?? '';
	for (const { id, deviceId } of rows)
		if (!before.rows.has(id)) counters.set(counterOf(deviceId), (counters.get(counterOf(deviceId)) ?? 0) + 1);
	const report: ReadReport = {
		...summary,
		...judged,
		fault: summary.fault ?? settleFault,
		writers: writerIds.map((id) => ({ counter: counterOf(id) })),
		requests: [...counters].map(([counter, count]) => ({ counter, count })),
		appointments: Math.max(0, appointments.length - before.appointments)
	};
	if (identityLost) ports.onIdentityLost();
	return report;
}

const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
