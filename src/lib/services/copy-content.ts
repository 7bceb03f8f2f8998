/** A further copy: all that this device keeps, as the bytes of one journal file. Read page by page, so that no save waits for it. */
import type { DeviceId } from '$lib/domain/ids';
import type { JournalEntry } from '$lib/domain/journal';
import { encodeEntries, encodeJournalHeader } from '$lib/domain/journal-codec';
import { addRange, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import type { DeviceStores } from './device-stores';
import { headsOf } from './log-keeper';

type Bytes = Uint8Array<ArrayBuffer>;

const PAGE_BYTES = 512 * 1024;
/** Not so many that one damaged place costs much. */
const ROWS_TOGETHER = 16;

/** Nothing at all before this device is set up. */
export async function* copyChunks(stores: DeviceStores): AsyncGenerator<Bytes> {
	// What everything else depends on stands at both ends: one damaged place must not cost the whole copy.
	const head = await headEntries(stores);
	if (head.length === 0) return;
	yield encodeJournalHeader();
	yield encodeEntries(head);
	// Rows before segments: what is cut meanwhile then stands in both, and never in neither.
	yield encodeEntries(await pendingEntries(stores));
	yield* segmentChunks(stores);
	yield encodeEntries(await looseEntries(stores));
	yield encodeEntries(head);
}

async function headEntries({ identity, keyring, deviceKeys, servers }: DeviceStores): Promise<JournalEntry[]> {
	const own = await identity.load();
	if (!own) return [];
	const [records, keys, known] = await Promise.all([keyring.loadRecords(), deviceKeys.list(), servers.list()]);
	return [
		{ type: 'identity', row: { ...own } },
		...records.map((record): JournalEntry => ({ type: 'keyring-record', record })),
		...keys.map(({ deviceId, publicKey }): JournalEntry => ({ type: 'device-key', deviceId, publicKey })),
		...known.map(({ origin, paused }): JournalEntry => ({ type: 'server', origin, paused }))
	];
}

/** Of every identity that this device has had. */
async function pendingEntries({ log }: DeviceStores): Promise<JournalEntry[]> {
	const entries: JournalEntry[] = [];
	for (const deviceId of (await log.heads()).keys()) {
		const rows = await log.pendingRows(deviceId);
		if (rows.length === 0) continue;
		const head = await log.ownHead(deviceId);
		for (let at = 0; at < rows.length; at += ROWS_TOGETHER)
			entries.push({ type: 'kept', rows: rows.slice(at, at + ROWS_TOGETHER), head });
	}
	return entries;
}

async function* segmentChunks({ log }: DeviceStores): AsyncGenerator<Bytes> {
	const read = new Map<DeviceId, Ranges>();
	for (;;) {
		const page = await log.segmentsBeyond(headsOf(read), PAGE_BYTES);
		if (page.segments.length > 0)
			yield encodeEntries(page.segments.map((segment): JournalEntry => ({ type: 'segment', segment })));
		if (!page.more || page.segments.length === 0) return;
		for (const segment of page.segments) {
			const { deviceId, firstSequence } = segment.header;
			read.set(deviceId, addRange(read.get(deviceId) ?? [], firstSequence, lastSequenceOf(segment)));
		}
	}
}

async function looseEntries({ log, drafts }: DeviceStores): Promise<JournalEntry[]> {
	const [aside, sealed] = await Promise.all([log.setAsideSegments(), drafts.list()]);
	return [
		...aside.map((setAside): JournalEntry => ({ type: 'set-aside', setAside })),
		...sealed.map((draft): JournalEntry => ({ type: 'draft', draft }))
	];
}
