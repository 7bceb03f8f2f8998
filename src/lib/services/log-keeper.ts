/** The keeper of the log: opens, folds, cuts, searches and exchanges, away from the page. Locking ends it, and all it knew is gone. */
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { AppointmentId, AppointmentRow } from '$lib/domain/appointment';
import { decideIntake, intakeOf, type IncomingAppointment } from '$lib/domain/appointment-intake';
import type { DeviceId, OperationName, RequestId, StaffId } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import type { Heads, OperationLog, Segment, SetAsideReason, SetAsideSegment } from '$lib/domain/operation-log';
import { addRange, gapFreeEnd, type Ranges } from '$lib/domain/ranges';
import type { RequestRow } from '$lib/domain/request';
import type { Clock, Instant, LocalDate } from '$lib/domain/time';
import { createFoldedCounter, type CounterRows, type FoldFacts } from './folded-counter';
import type { LogOpener, OpenedLines } from './log-opener';
import type { WrittenOperation } from './record-operation';
import type { StateSnapshots } from './state-snapshot';

/** What the keeper tells the page. */
export type KeeperEvent =
	| (CounterRows & { readonly type: 'rows'; readonly complete: boolean; readonly reset: boolean })
	| { readonly type: 'facts'; readonly facts: LogFacts }
	| { readonly type: 'opening'; readonly done: number; readonly total: number }
	| {
			readonly type: 'progress';
			readonly origin: string;
			readonly progress: { readonly sent: number; readonly toSend: number; readonly received: number };
	  };

export interface LogFacts extends FoldFacts {
	readonly heads: Heads;
	/** Devices of which something opened here, signed by a person of this space. */
	readonly openedDevices: ReadonlySet<DeviceId>;
	/** Operations under a key or of a person not known yet. */
	readonly unopenedCount: number;
	readonly setAside: readonly {
		readonly deviceId: DeviceId;
		readonly firstSequence: number;
		readonly reason: SetAsideReason;
	}[];
}

export interface KeeperPorts {
	readonly log: OperationLog;
	readonly opener: LogOpener;
	readonly snapshots: StateSnapshots;
	readonly clock: Clock;
	readonly deviceId: DeviceId;
	tell(event: KeeperEvent): void;
}

const DAY_MS = 86_400_000;
const READ_BYTES = 1024 * 1024;
/** A segment is cut at 1,000 pending rows; when idle, from 200 on (DESIGN § 3.2). */
const CUT_ROWS = 1_000;
const CUT_ROWS_WHEN_IDLE = 200;
const SNAPSHOT_OPERATIONS = 2_000;
const SNAPSHOT_SEGMENTS = 200;
/** The head of the lists: the newest, and what is still open, as far as it stays small. */
const FIRST_ROWS = 200;
const MOST_FIRST_ROWS = 1_000;
/** From here on opening takes long enough to say how far it is. */
const WORTH_TELLING = 1_000;

export type LogKeeper = ReturnType<typeof createLogKeeper>;

/** Yesterday to tomorrow, whatever the zone: what Heute and the day's list show first. */
const isAround = (now: Instant) => {
	const dayAt = (days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10);
	const [from, to] = [dayAt(-1), dayAt(1)];
	return ({ date }: AppointmentRow): boolean => date >= from && date <= to;
};

const isOpen = (row: RequestRow): boolean => row.status === 'open' || row.status === 'query';

export function createLogKeeper({ log, opener, snapshots, clock, deviceId: ownId, tell }: KeeperPorts) {
	let counter = createFoldedCounter(clock, ownId);
	/** What has been read from the log: applied, or passed over until a key or person is known. */
	let read = new Map<DeviceId, Ranges>();
	let hasLookedUp = false;
	/** The revocations that the state was folded under. */
	let foldedUnder = '';
	let unopened = 0;
	/** Own rows are asked for anew each time, so these are counted anew. */
	let unopenedRows = 0;
	let sinceSnapshot = { operations: 0, segments: 0 };
	let turn: Promise<unknown> = Promise.resolve();

	/** One after the other: every step awaits the disk, and the state must not change under it. */
	const inTurn = <T>(step: () => T | Promise<T>): Promise<T> => {
		const next = turn.then(step, step);
		turn = next.catch(() => undefined);
		return next;
	};

	/** A snapshot is of no use under other revocations, nor under another identity: what was given up with the former one is in it (SY15). */
	const validity = () => `${ownId} ${opener.revocations()}`.trim();

	const markRead = (deviceId: DeviceId, from: number, to: number) =>
		read.set(deviceId, addRange(read.get(deviceId) ?? [], from, to));

	/** False: the line claims another person than the one who signed, or is nothing that this person's role writes. */
	const applyLine = (line: Uint8Array, deviceId: DeviceId, sequence: number, signedBy: StaffId): boolean => {
		const signer = { staffId: signedBy, role: opener.roleOf(signedBy) };
		const applied = counter.applyLine(line, deviceId, sequence, signer);
		if (applied === 'applied') sinceSnapshot.operations++;
		return applied !== 'other-person' && applied !== 'beyond-role';
	};

	/** A signature that does not verify may be by a key that came with it and is on the disk already: looked up once a reading. */
	async function openLines(segment: Segment): Promise<OpenedLines> {
		const opened = await opener.openLines(segment);
		if (opened.type !== 'never' || opened.reason !== 'bad-staff-signature' || hasLookedUp) return opened;
		hasLookedUp = true;
		await opener.use([]);
		return opener.openLines(segment);
	}

	/** Applies one segment; what cannot be opened yet is counted and tried again, what can never be is set aside. */
	async function takeSegment(segment: Segment): Promise<void> {
		const { deviceId, firstSequence, count, staffId } = segment.header;
		const lastSequence = firstSequence + count - 1;
		markRead(deviceId, firstSequence, lastSequence);
		const opened = await openLines(segment);
		if (opened.type === 'never') return setAside(segment, opened.reason);
		if (opened.type === 'not-yet') {
			unopened += count;
			return;
		}
		const lastAccepted = opener.lastAccepted(deviceId);
		let isSignedByAll = true;
		opened.lines.forEach((line, i) => {
			if (firstSequence + i > lastAccepted) return;
			// One by one, so that the state does not depend on how a history was cut.
			if (!applyLine(line, deviceId, firstSequence + i, staffId)) isSignedByAll = false;
		});
		if (!isSignedByAll) await setAside(segment, 'bad-staff-signature');
		else if (lastSequence > lastAccepted) await setAside(segment, 'revoked-device');
		sinceSnapshot.segments++;
	}

	const setAside = (segment: Segment, reason: SetAsideReason) =>
		log.setAside([{ segment, reason, setAsideAt: clock.now() }]);

	/** This device's rows that are in no segment yet; one that does not open holds up none of the others. */
	async function takePending(): Promise<void> {
		const from = gapFreeEnd(read.get(ownId) ?? []) + 1;
		unopenedRows = 0;
		for (const row of await log.pendingRows(ownId, from)) {
			const line = await opener.openRow(row);
			if (!line) {
				unopenedRows++;
				continue;
			}
			applyLine(line, ownId, row.sequence, row.staffId);
			markRead(ownId, row.sequence, row.sequence);
		}
	}

	async function takeSegments(total: number): Promise<void> {
		for (let more = true; more;) {
			const next = await log.segmentsBeyond(headsOf(read), READ_BYTES);
			for (const segment of next.segments) await takeSegment(segment);
			more = next.more && next.segments.length > 0;
			if (total > WORTH_TELLING) tell({ type: 'opening', done: countOf(read), total });
		}
	}

	/** Reads what is new in the log, whoever wrote it there. */
	async function readOn(): Promise<void> {
		hasLookedUp = false;
		await takeSegments((await log.size()).operations);
		await takePending();
		// Another window may have cut rows into a segment between the two.
		const own = (await log.heads()).get(ownId)?.sequence ?? 0;
		if (gapFreeEnd(read.get(ownId) ?? []) < own) await takeSegments(0);
	}

	async function tellTouched(): Promise<void> {
		const touched = counter.takeTouched();
		if (touched.rows.length + touched.appointments.length > 0)
			tell({ type: 'rows', ...touched, complete: true, reset: false });
		await tellFacts();
	}

	const openedHere = (): ReadonlySet<DeviceId> => new Set(counter.applied().keys());

	async function tellFacts(): Promise<void> {
		const [heads, aside] = await Promise.all([log.heads(), log.setAsideSegments()]);
		const setAside = aside.filter(isStillAside).map(({ segment: { header }, reason }) => ({
			deviceId: header.deviceId,
			firstSequence: header.firstSequence,
			reason
		}));
		const openedDevices = openedHere();
		const unopenedCount = unopened + unopenedRows;
		tell({ type: 'facts', facts: { ...counter.facts(), heads, openedDevices, setAside, unopenedCount } });
	}

	/** What was judged by an older keyring and has been folded since is no longer told, nor what was recorded again; a second history always is. */
	const isStillAside = ({ segment, reason }: SetAsideSegment): boolean => {
		const { deviceId, firstSequence, count } = segment.header;
		if (reason === 'given-up') return false;
		return reason === 'second-history' || !counter.holdsAll(deviceId, firstSequence, firstSequence + count - 1);
	};

	async function keepSnapshot(): Promise<void> {
		if (opener.revocations() !== foldedUnder) return;
		if (sinceSnapshot.operations <= SNAPSHOT_OPERATIONS && sinceSnapshot.segments <= SNAPSHOT_SEGMENTS) return;
		const rows = counter.rows().filter((row, i) => i < FIRST_ROWS || isOpen(row));
		const appointments = counter.appointments().filter(isAround(clock.now()));
		const first = { rows: rows.slice(0, MOST_FIRST_ROWS), appointments: appointments.slice(0, MOST_FIRST_ROWS) };
		await snapshots.save(counter.state, first, validity());
		sinceSnapshot = { operations: 0, segments: 0 };
	}

	async function openAll(): Promise<void> {
		foldedUnder = opener.revocations();
		const first = await snapshots.loadHead(validity());
		if (first) tell({ type: 'rows', ...first, complete: false, reset: true });
		counter = createFoldedCounter(clock, ownId, await snapshots.load(validity()));
		read = counter.applied();
		unopened = 0;
		sinceSnapshot = { operations: 0, segments: 0 };
		await readOn();
		const all = { rows: counter.rows(), appointments: counter.appointments() };
		tell({ type: 'rows', ...all, complete: true, reset: true });
		await tellFacts();
		counter.makeSearchable(all);
	}

	return {
		/** Opens everything with the keys of all data keys this person can open. */
		open: (keys: readonly PurposeKeys[]) =>
			inTurn(async () => {
				await opener.use(keys);
				await openAll();
			}),
		/** After the keyring changed: tries again what was passed over; folds anew when a device was revoked. */
		keyringChanged: (keys: readonly PurposeKeys[]) =>
			inTurn(async () => {
				await opener.use(keys);
				if (opener.revocations() !== foldedUnder) return openAll();
				read = counter.applied();
				unopened = 0;
				await readOn();
				await tellTouched();
			}),
		/** This window's own save, as it was written. */
		applyWritten: (written: readonly WrittenOperation[]) =>
			inTurn(async () => {
				for (const { bytes, deviceId, sequence, staffId } of written) {
					applyLine(bytes, deviceId, sequence, staffId);
					markRead(deviceId, sequence, sequence);
				}
				await tellTouched();
				if ((await log.size()).pending >= CUT_ROWS) await opener.cut();
			}),
		/** Another window saved, or an exchange brought something. */
		catchUp: () =>
			inTurn(async () => {
				await readOn();
				await tellTouched();
				await keepSnapshot();
			}),
		cut: () => inTurn(opener.cut),
		/** Devices whose `device-joined` was opened here: they are of this space, whoever else says so. */
		joinedDevices: () => inTurn(() => counter.facts().devices.map(({ deviceId }) => deviceId)),
		/** Devices of which something opened here: they are vouched for at servers (decision 44). */
		openedDevices: () => inTurn(openedHere),
		/** Nothing happens at the moment: time for what costs. */
		rest: () =>
			inTurn(async () => {
				if ((await log.size()).pending > CUT_ROWS_WHEN_IDLE) await opener.cut();
				await keepSnapshot();
			}),
		request: (id: RequestId) => inTurn(() => counter.view(id)),
		/** All requests of a batch, in the order of their numbers. */
		batch: (batchId: RequestId) =>
			inTurn(() =>
				counter.views(
					counter
						.rows()
						.filter((row) => row.batchId === batchId)
						.sort((a, b) => (a.caseNumber < b.caseNumber ? -1 : 1))
				)
			),
		search: (text: string) => inTurn(() => counter.find(text)),
		appointment: (id: AppointmentId) => inTurn(() => counter.appointment(id)),
		searchAppointments: (text: string) => inTurn(() => counter.findAppointments(text)),
		/** What a file says, compared with what is known. */
		intake: (incoming: readonly IncomingAppointment[]) =>
			inTurn(() => incoming.map((one) => intakeOf(one, counter.appointment(one.id)))),
		/** The operations that take it in, of all entries that bring anything. */
		decideIntake: (incoming: readonly IncomingAppointment[]) =>
			inTurn(() => incoming.map((one) => decideIntake(one, counter.appointment(one.id)))),
		settingsFields: () => inTurn(counter.settingsFields),
		/** Asked for under the write lock: what another window gave a moment ago is read first. */
		lastWaitingNumber: (date: LocalDate) =>
			inTurn(async () => {
				await readOn();
				await tellTouched();
				return counter.lastWaitingNumber(date);
			}),
		/** Everything not yet entered again, oldest first. */
		openRequests: () => inTurn(() => counter.views(counter.rows().filter(isOpen).reverse())),
		/** Operations in full, for the timeline; those that cannot be read are left out. */
		operations: async (names: readonly OperationName[]): Promise<AnyOperation[]> => {
			const found: AnyOperation[] = [];
			for (const name of names) {
				const operation = await opener.operation(name);
				if (operation) found.push(operation);
			}
			return found;
		}
	};
}

/** Ranges read, as heads to ask the log with; chain values are not compared there. */
export const headsOf = (read: ReadonlyMap<DeviceId, Ranges>): Heads =>
	new Map(
		[...read].map(([deviceId, ranges]) => {
			const sequence = gapFreeEnd(ranges);
			const beyond = ranges.filter(([from]) => from > sequence + 1);
			return [deviceId, { sequence, chainValue: new Uint8Array(32), beyond }];
		})
	);

const countOf = (read: ReadonlyMap<DeviceId, Ranges>): number =>
	[...read.values()].flat().reduce((sum, [from, to]) => sum + to - from + 1, 0);
