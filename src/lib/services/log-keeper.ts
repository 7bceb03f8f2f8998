/** The keeper of the log: opens, folds, cuts, searches and exchanges, away from the page. Locking ends it, and all it knew is gone. */
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { KeyringState } from '$lib/crypto/keyring';
import { chainZero, cutSegments, openPending, openSegment } from '$lib/crypto/seal';
import type { DeviceId, KeyId, OperationName, RequestId, SpaceId, SubjectId } from '$lib/domain/ids';
import { splitOperationName } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import { decodeOperation } from '$lib/domain/operation-codec';
import type { Heads, OperationLog, Segment, SetAsideReason } from '$lib/domain/operation-log';
import {
	appliedRanges,
	applyOperation,
	deviceInfos,
	emptyState,
	isApplied,
	requestIds,
	requestRow,
	requestView,
	unknownCount,
	waitingCount,
	type CounterState,
	type DeviceFacts
} from '$lib/domain/projection';
import { addRange, gapFreeEnd, type Ranges } from '$lib/domain/ranges';
import type { RequestRow, RequestView } from '$lib/domain/request';
import type { Stamp } from '$lib/domain/stamp';
import type { Clock, Instant } from '$lib/domain/time';
import { createRequestSearch, type RequestSearch } from './request-search';
import type { StateSnapshots } from './state-snapshot';
import type { WrittenOperation } from './record-operation';

/** What the keeper tells the page. */
export type KeeperEvent =
	| { readonly type: 'rows'; readonly rows: readonly RequestRow[]; readonly complete: boolean; readonly reset: boolean }
	| { readonly type: 'facts'; readonly facts: LogFacts }
	| { readonly type: 'opening'; readonly done: number; readonly total: number }
	| {
			readonly type: 'progress';
			readonly origin: string;
			readonly progress: { readonly sent: number; readonly toSend: number; readonly received: number };
	  };

export interface LogFacts {
	readonly heads: Heads;
	readonly devices: readonly DeviceFacts[];
	/** Raw clock of each device's newest operation, ms. */
	readonly lastRecordedAt: ReadonlyMap<DeviceId, Instant>;
	readonly waitingCount: number;
	readonly unknownCount: number;
	/** Operations in segments under a key or of a person not known yet. */
	readonly unopenedCount: number;
	readonly setAside: readonly {
		readonly deviceId: DeviceId;
		readonly firstSequence: number;
		readonly reason: SetAsideReason;
	}[];
	readonly maxTick: number;
	readonly clockWarnings: number;
}

export interface KeeperPorts {
	readonly log: OperationLog;
	readonly snapshots: StateSnapshots;
	readonly clock: Clock;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	loadKeyring(): Promise<KeyringState>;
	tell(event: KeeperEvent): void;
}

const READ_BYTES = 1024 * 1024;
/** A segment is cut at 1,000 pending rows; when idle, from 200 on (DESIGN § 3.2). */
const CUT_ROWS = 1_000;
const CUT_ROWS_WHEN_IDLE = 200;
const SNAPSHOT_OPERATIONS = 2_000;
const SNAPSHOT_SEGMENTS = 200;
/** The head of the lists: the newest, and what is still open, as far as it stays small. */
const FIRST_ROWS = 200;
const MOST_FIRST_ROWS = 1_000;
/** A clock further off than this is told to the people (SY8): an hour, so that a missed change of summer time shows. */
const CLOCK_TOLERANCE_MS = 59 * 60_000;

export type LogKeeper = ReturnType<typeof createLogKeeper>;

export function createLogKeeper(ports: KeeperPorts) {
	const { log, snapshots, tell } = ports;
	const keysById = new Map<KeyId, PurposeKeys>();
	let keyring: KeyringState | null = null;
	let state: CounterState = emptyState();
	let search: RequestSearch = createRequestSearch();
	/** What has been read from the log: applied, or passed over until a key or person is known. */
	let read = new Map<DeviceId, Ranges>();
	let unopened = 0;
	let clockWarnings = 0;
	let lastRecordedAt = new Map<DeviceId, Instant>();
	let sinceSnapshot = { operations: 0, segments: 0 };
	let turn: Promise<unknown> = Promise.resolve();

	/** One after the other: every step below awaits the disk, and state must not change under it. */
	const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
		const next = turn.then(step, step);
		turn = next.catch(() => undefined);
		return next;
	};

	const markRead = (deviceId: DeviceId, from: number, to: number) =>
		read.set(deviceId, addRange(read.get(deviceId) ?? [], from, to));

	const readHeads = (): Heads =>
		new Map(
			[...read].map(([deviceId, ranges]) => {
				const sequence = gapFreeEnd(ranges);
				return [
					deviceId,
					{ sequence, chainValue: new Uint8Array(32), beyond: ranges.filter(([from]) => from > sequence + 1) }
				];
			})
		);

	/** Applies one operation; returns the request or other subject it touched. */
	const apply = (operation: AnyOperation, touched: Set<SubjectId>) => {
		const subject = applyOperation(state, operation);
		if (subject === null) return;
		touched.add(subject);
		sinceSnapshot.operations++;
		noteStamp(operation);
	};

	const noteStamp = (stamp: Stamp) => {
		const { deviceId, recordedAt } = stamp;
		if (hasDoubtfulClock(stamp, ports.clock.now())) clockWarnings++;
		if (recordedAt > (lastRecordedAt.get(deviceId) ?? -Infinity)) lastRecordedAt.set(deviceId, recordedAt);
	};

	const applyLine = (bytes: Uint8Array, deviceId: DeviceId, sequence: number, touched: Set<SubjectId>) => {
		if (isApplied(state, deviceId, sequence)) return;
		const operation = decodeOperation(bytes, deviceId, sequence);
		if (operation.ok) apply(operation.value, touched);
	};

	/** Opens one segment and applies it; what cannot be opened yet is counted and tried again, what can never be is set aside. */
	async function takeSegment(segment: Segment, touched: Set<SubjectId>): Promise<void> {
		const { deviceId, firstSequence, count, staffId, keyId } = segment.header;
		markRead(deviceId, firstSequence, firstSequence + count - 1);
		const keys = keysById.get(keyId);
		const staffKey = keyring?.signingKeysOf(staffId) ?? [];
		if (!keys || staffKey.length === 0) {
			unopened += count;
			return;
		}
		const limit = keyring?.revokedDevices.get(deviceId)?.lastSequence ?? Infinity;
		const opened = await openSegment(segment, keys, staffKey);
		if (!opened.ok) return setAside(segment, opened.error.type === 'too-large' ? 'cannot-open' : opened.error.type);
		opened.value.operations.forEach((bytes, i) => {
			if (firstSequence + i <= limit) applyLine(bytes, deviceId, firstSequence + i, touched);
		});
		if (firstSequence + count - 1 > limit) await setAside(segment, 'revoked-device');
		sinceSnapshot.segments++;
	}

	const setAside = (segment: Segment, reason: SetAsideReason) =>
		log.setAside([{ segment, reason, setAsideAt: ports.clock.now() }]);

	async function takePending(touched: Set<SubjectId>): Promise<void> {
		const from = gapFreeEnd(read.get(ports.deviceId) ?? []) + 1;
		for (const row of await log.pendingRows(ports.deviceId, from)) {
			const keys = keysById.get(row.keyId);
			const opened = keys && (await openPending(row, keys, ports.spaceId));
			if (!opened?.ok) {
				unopened++;
				continue;
			}
			applyLine(opened.value, row.deviceId, row.sequence, touched);
			markRead(row.deviceId, row.sequence, row.sequence);
		}
	}

	/** Reads what is new in the log, whoever wrote it there. */
	async function readOn(touched: Set<SubjectId>): Promise<void> {
		const total = (await log.size()).operations;
		for (let more = true; more;) {
			const next = await log.segmentsBeyond(readHeads(), READ_BYTES);
			for (const segment of next.segments) await takeSegment(segment, touched);
			more = next.more && next.segments.length > 0;
			if (total > 1_000) tell({ type: 'opening', done: countRead(), total });
		}
		await takePending(touched);
	}

	const countRead = () => {
		let sum = 0;
		for (const ranges of read.values()) for (const [from, to] of ranges) sum += to - from + 1;
		return sum;
	};

	const rowsOf = (ids: Iterable<SubjectId>): RequestRow[] => {
		const rows: RequestRow[] = [];
		for (const id of ids) {
			const view = requestView(state, id);
			if (view) rows.push(requestRow(view));
		}
		return rows;
	};

	const viewsOf = (rows: readonly RequestRow[]): RequestView[] =>
		rows.map((row) => requestView(state, row.id)).filter((view) => view !== null);

	const tellTouched = async (touched: Set<SubjectId>) => {
		const rows = rowsOf(touched);
		search.put(rows);
		if (rows.length > 0) tell({ type: 'rows', rows, complete: true, reset: false });
		await tellFacts();
	};

	async function tellFacts(): Promise<void> {
		const aside = await log.setAsideSegments();
		tell({
			type: 'facts',
			facts: {
				heads: await log.heads(),
				devices: deviceInfos(state),
				lastRecordedAt,
				waitingCount: waitingCount(state),
				unknownCount: unknownCount(state),
				unopenedCount: unopened,
				setAside: aside.map(({ segment, reason }) => ({
					deviceId: segment.header.deviceId,
					firstSequence: segment.header.firstSequence,
					reason
				})),
				maxTick: state.maxTick,
				clockWarnings
			}
		});
	}

	async function keepSnapshot(): Promise<void> {
		if (sinceSnapshot.operations <= SNAPSHOT_OPERATIONS && sinceSnapshot.segments <= SNAPSHOT_SEGMENTS) return;
		const first = newestFirst(rowsOf(requestIds(state)))
			.filter((row, i) => i < FIRST_ROWS || row.status === 'open' || row.status === 'query')
			.slice(0, MOST_FIRST_ROWS);
		await snapshots.save(state, first, revocationsOf(keyring));
		sinceSnapshot = { operations: 0, segments: 0 };
	}

	function startAnew(): void {
		state = emptyState();
		search = createRequestSearch();
		read = new Map();
		unopened = 0;
		clockWarnings = 0;
		lastRecordedAt = new Map();
		sinceSnapshot = { operations: 0, segments: 0 };
	}

	async function openAll(): Promise<void> {
		startAnew();
		const first = await snapshots.loadHead(revocationsOf(keyring));
		if (first) tell({ type: 'rows', rows: first, complete: false, reset: true });
		const kept = await snapshots.load(revocationsOf(keyring));
		if (kept) {
			state = kept;
			for (const { history } of state.subjects.values()) for (const { stamp } of history) noteStamp(stamp);
			read = new Map([...appliedRanges(state)].map(([deviceId, ranges]) => [deviceId, ranges]));
		}
		await readOn(new Set());
		const rows = newestFirst(rowsOf(requestIds(state)));
		tell({ type: 'rows', rows, complete: true, reset: true });
		await tellFacts();
		search.put(rows);
	}

	/** Pending rows → segments. False when another window cut the same rows: then nothing is left to do. */
	async function cut(): Promise<void> {
		const rows = await log.pendingRows(ports.deviceId);
		const openable: { row: (typeof rows)[number]; bytes: Uint8Array }[] = [];
		for (const row of rows) {
			const keys = keysById.get(row.keyId);
			const opened = keys && (await openPending(row, keys, ports.spaceId));
			if (!opened?.ok) break;
			openable.push({ row, bytes: opened.value });
		}
		const firstSequence = openable[0]?.row.sequence;
		const lastSequence = openable.at(-1)?.row.sequence;
		if (firstSequence === undefined || lastSequence === undefined) return;
		const previous = await log.segmentWith(ports.deviceId, firstSequence - 1);
		if (!previous && firstSequence > 1) throw new Error('the segment before the pending rows is missing');
		const segments = await cutSegments({
			rows: openable,
			chainBefore: previous?.header.chainAfter ?? chainZero(),
			spaceId: ports.spaceId,
			deviceId: ports.deviceId,
			deviceKey: ports.deviceKey,
			keysById
		});
		await log.replacePending(ports.deviceId, firstSequence, lastSequence, segments);
	}

	return {
		/** Opens everything with the keys of the data keys this person can open. */
		open: (keys: readonly PurposeKeys[]) =>
			inTurn(async () => {
				for (const one of keys) keysById.set(one.keyId, one);
				keyring = await ports.loadKeyring();
				await openAll();
			}),
		/** After the keyring changed: tries again what was passed over; folds anew when a device was revoked. */
		keyringChanged: (keys: readonly PurposeKeys[]) =>
			inTurn(async () => {
				for (const one of keys) keysById.set(one.keyId, one);
				const before = revocationsOf(keyring);
				keyring = await ports.loadKeyring();
				if (revocationsOf(keyring) !== before) {
					await snapshots.discard();
					return openAll();
				}
				read = new Map([...appliedRanges(state)].map(([deviceId, ranges]) => [deviceId, ranges]));
				unopened = 0;
				const touched = new Set<SubjectId>();
				await readOn(touched);
				await tellTouched(touched);
			}),
		/** This window's own save, as it was written. */
		applyWritten: (written: readonly WrittenOperation[]) =>
			inTurn(async () => {
				const touched = new Set<SubjectId>();
				for (const { bytes, deviceId, sequence } of written) {
					applyLine(bytes, deviceId, sequence, touched);
					markRead(deviceId, sequence, sequence);
				}
				await tellTouched(touched);
				if ((await log.size()).pending >= CUT_ROWS) await cut();
			}),
		/** Another window saved, or an exchange brought something. */
		catchUp: () =>
			inTurn(async () => {
				const touched = new Set<SubjectId>();
				await readOn(touched);
				await tellTouched(touched);
				await keepSnapshot();
			}),
		cut: () => inTurn(cut),
		/** Nothing happens at the moment: time for what costs. */
		rest: () =>
			inTurn(async () => {
				if ((await log.size()).pending > CUT_ROWS_WHEN_IDLE) await cut();
				await keepSnapshot();
			}),
		request: (id: RequestId) => inTurn(async (): Promise<RequestView | null> => requestView(state, id)),
		/** All requests of a batch, in the order of their numbers. */
		batch: (batchId: RequestId) =>
			inTurn(async () =>
				viewsOf(
					rowsOf(requestIds(state))
						.filter((row) => row.batchId === batchId)
						.sort((a, b) => (a.caseNumber < b.caseNumber ? -1 : 1))
				)
			),
		search: (text: string) => inTurn(async (): Promise<RequestId[]> => search.find(text)),
		/** Everything not yet entered again, oldest first. */
		openRequests: () =>
			inTurn(async () =>
				viewsOf(
					newestFirst(rowsOf(requestIds(state)))
						.filter((row) => row.status === 'open' || row.status === 'query')
						.reverse()
				)
			),
		/** Operations in full, for the timeline: read from the log, opened, decoded. */
		operations: async (names: readonly OperationName[]): Promise<AnyOperation[]> => {
			const found: AnyOperation[] = [];
			for (const name of names) {
				const operation = await readOperation(name);
				if (operation) found.push(operation);
			}
			return found;
		}
	};

	async function readOperation(name: OperationName): Promise<AnyOperation | null> {
		const { deviceId, sequence } = splitOperationName(name);
		const bytes = (await fromPending(deviceId, sequence)) ?? (await fromSegment(deviceId, sequence));
		const operation = bytes && decodeOperation(bytes, deviceId, sequence);
		return operation?.ok ? operation.value : null;
	}
	async function fromPending(deviceId: DeviceId, sequence: number): Promise<Uint8Array | null> {
		if (deviceId !== ports.deviceId) return null;
		const [row] = await log.pendingRows(deviceId, sequence);
		const keys = row && keysById.get(row.keyId);
		if (row?.sequence !== sequence || !keys) return null;
		const opened = await openPending(row, keys, ports.spaceId);
		return opened.ok ? opened.value : null;
	}
	async function fromSegment(deviceId: DeviceId, sequence: number): Promise<Uint8Array | null> {
		const segment = await log.segmentWith(deviceId, sequence);
		const keys = segment && keysById.get(segment.header.keyId);
		if (!segment || !keys) return null;
		const opened = await openSegment(segment, keys, keyring?.signingKeysOf(segment.header.staffId) ?? []);
		return opened.ok ? (opened.value.operations[sequence - segment.header.firstSequence] ?? null) : null;
	}
}

/** A stamp from the future, or a clock known to have been wrong; a clock set back and never compared cannot be told from an old entry. */
const hasDoubtfulClock = ({ recordedAt, clockOffset }: Stamp, now: Instant): boolean =>
	Math.abs(clockOffset?.ms ?? 0) > CLOCK_TOLERANCE_MS || recordedAt + (clockOffset?.ms ?? 0) > now + CLOCK_TOLERANCE_MS;

/** Which histories are cut off where: a fold made under other revocations is none any more. */
const revocationsOf = (keyring: KeyringState | null): string =>
	[...(keyring?.revokedDevices ?? [])]
		.map(([deviceId, { lastSequence }]) => `${deviceId}:${lastSequence}`)
		.sort()
		.join(' ');

const newestFirst = (rows: RequestRow[]): RequestRow[] =>
	rows.sort((a, b) => b.receivedAt - a.receivedAt || (a.caseNumber < b.caseNumber ? 1 : -1));
