/** What a counter does with appointments: decide by the rules of the domain, write through the one door, show what was written. */
import {
	beforeStep,
	decideAmendAppointment,
	decideCancelAppointment,
	decideContact,
	decideMerge,
	decideMove,
	decideReport,
	decideRetractContact,
	decideSettleAppointment,
	decideSplit,
	decideStep,
	decideUndo,
	decideWalkIn,
	walkInOf,
	type AppointmentId,
	type AppointmentView,
	type BeforeStep,
	type Claim
} from '$lib/domain/appointment';
import type { ImportedAppointment } from '$lib/domain/appointment-import';
import type { Decision, Refusal } from '$lib/domain/decision';
import { idFromBytes, type SpaceId } from '$lib/domain/ids';
import { decideCapacity, decideProfile, SETTINGS } from '$lib/domain/office-settings';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock } from '$lib/domain/time';
import type { AppointmentDesk, ImportReport, LongWork } from './appointment-desk';
import { withIds } from './appointment-ids';
import { readSource, type StartReader } from './import-reading';
import type { KeeperCalls } from './log-keeper.worker';
import type { Record } from './recorder';
import type { Remote } from './worker-call';
import type { SaveError } from './workspace';

interface AppointmentPorts {
	readonly keeper: Pick<
		Remote<KeeperCalls>,
		'appointment' | 'searchAppointments' | 'intake' | 'decideIntake' | 'settingsFields' | 'catchUp'
	>;
	/** Rejects when the workspace is closed before the keeper has answered. */
	readonly untilClosed: <T>(answer: Promise<T>) => Promise<T>;
	isClosed(): boolean;
	readonly record: Record;
	readonly clock: Clock;
	readonly spaceId: SpaceId;
	readonly me: Claim;
	readonly startReader: StartReader;
	randomBytes(length: number): Uint8Array;
}

type Decided = Result<Decision, Refusal>;

/** Entries compared at a time. */
const PIECE = 250;
/** Entries written at a time: a save of somebody else waits no longer than for one of these, and the page stands still no longer than to hand one over. */
const WRITTEN_PIECE = 50;

export function createAppointmentDesk(ports: AppointmentPorts): AppointmentDesk {
	const { keeper, record, clock, me, randomBytes } = ports;
	const newId = (): AppointmentId => idFromBytes(randomBytes(16));
	const importing: ImportingKeeper = {
		catchUp: () => ports.untilClosed(keeper.catchUp()),
		decideIntake: (entries) => ports.untilClosed(keeper.decideIntake(entries))
	};

	/** Reads the appointment, decides, writes; gives back how it was before. */
	const act = async (
		id: AppointmentId,
		decide: (view: AppointmentView) => Decided
	): Promise<Result<BeforeStep, SaveError>> => {
		const view = await keeper.appointment(id);
		if (!view) return err({ type: 'refused', rule: 'not-found' });
		const decided = decide(view);
		if (!decided.ok) return decided;
		const written = await record([decided.value], null);
		return written.ok ? ok(beforeStep(view)) : written;
	};
	const done = async (acted: Promise<Result<BeforeStep, SaveError>>): Promise<Result<void, SaveError>> => {
		const result = await acted;
		return result.ok ? ok(undefined) : result;
	};
	const write = async (decided: Decided): Promise<Result<void, SaveError>> =>
		decided.ok ? record([decided.value], null) : decided;
	const settings = async () => ({ id: SETTINGS, fields: await keeper.settingsFields() });

	return {
		appointment: keeper.appointment,
		search: keeper.searchAppointments,
		step: (id, step) => act(id, (view) => decideStep(view, step, me, clock.now())),
		undo: (id, before) => done(act(id, (view) => decideUndo(view, before))),
		report: async (report) => {
			const id = newId();
			const written = await write(decideReport(id, report));
			return written.ok ? ok(id) : written;
		},
		walkIn: async (facts) => {
			const id = newId();
			const written = await write(decideWalkIn(id, facts, clock.now()));
			if (!written.ok) return written;
			const view = await keeper.appointment(id);
			return ok({ id, number: view ? (walkInOf(view)?.number ?? '') : '' });
		},
		amend: (id, facts) => done(act(id, (view) => decideAmendAppointment(view, facts))),
		cancel: async (ids, reason) => {
			const before = new Map<AppointmentId, BeforeStep>();
			for (let from = 0; from < ids.length; from += WRITTEN_PIECE) {
				const views = await Promise.all(ids.slice(from, from + WRITTEN_PIECE).map((id) => keeper.appointment(id)));
				const decided: Decision[] = [];
				for (const view of views) {
					const decision = view && decideCancelAppointment(view, reason);
					if (decision && !decision.ok && decision.error.rule === 'reason-required') return decision;
					if (!view || !decision?.ok) continue;
					decided.push(decision.value);
					before.set(view.id, beforeStep(view));
				}
				const written = await record(decided, null);
				if (!written.ok) return written;
			}
			return ok(before);
		},
		move: (id, to, reason) => act(id, (view) => decideMove(view, to, reason)),
		contact: async (id, contact) => {
			const contactId = newId();
			const acted = await act(id, (view) => decideContact(view, contactId, contact));
			return acted.ok ? ok(contactId) : acted;
		},
		retractContact: (id, contactId) => done(act(id, (view) => decideRetractContact(view, contactId))),
		merge: async (reported, into) => {
			const [from, target] = await Promise.all([keeper.appointment(reported), keeper.appointment(into)]);
			if (!from || !target) return err({ type: 'refused', rule: 'not-found' });
			const decided = decideMerge(from, target);
			return decided.ok ? record(decided.value, null) : decided;
		},
		split: (reported, other) => done(act(reported, (view) => decideSplit(view, other))),
		settle: (id, path, value) => done(act(id, (view) => decideSettleAppointment(view, path, value))),
		saveProfile: async (profile) => write(decideProfile(await settings(), profile)),
		saveCapacity: async (capacity) => write(decideCapacity(await settings(), capacity)),
		read: async (source, options, work) => {
			const reading = await readSource(ports.startReader, source, options, work);
			if (reading.type !== 'read') return reading;
			const intakes = [];
			for (let from = 0; from < reading.entries.length; from += PIECE) {
				if (work.signal.aborted) return { type: 'stopped' };
				const incoming = await withIds(ports.spaceId, reading.entries.slice(from, from + PIECE));
				intakes.push(...(await keeper.intake(incoming)));
			}
			return { type: 'preview', reading, intakes };
		},
		takeIn: (entries, work) =>
			takeIn({ ...ports, keeper: importing, inTurn: amongWindows(importing) }, entries, work).catch(
				(error: unknown) => {
					if (ports.isClosed()) return err({ type: 'locked' });
					throw error;
				}
			)
	};
}

/** What is asked of the keeper while the lock of imports is held. */
type ImportingKeeper = Pick<Remote<KeeperCalls>, 'catchUp' | 'decideIntake'>;

/** Held while one piece of an import is compared and written. */
const IMPORT_LOCK = 'notschalter.import';

/** Two windows that take the same file in at once would both find each entry new, and write it twice: one waits, and then knows what the other wrote. */
const amongWindows =
	(keeper: ImportingKeeper): TakeInPorts['inTurn'] =>
	async (piece) =>
		navigator.locks.request(IMPORT_LOCK, async () => {
			await keeper.catchUp();
			return piece();
		});

export interface TakeInPorts {
	readonly keeper: Pick<Remote<KeeperCalls>, 'decideIntake'>;
	readonly record: Record;
	readonly spaceId: SpaceId;
	/** Compares and writes one piece while nobody else on this device does. */
	readonly inTurn: <T>(piece: () => Promise<T>) => Promise<T>;
}

/** Piece by piece, each on the disk before the next is begun. */
export async function takeIn(
	{ keeper, record, spaceId, inTurn }: TakeInPorts,
	entries: readonly ImportedAppointment[],
	{ onProgress, signal }: LongWork
): Promise<Result<ImportReport, SaveError>> {
	const takePiece = async (piece: readonly ImportedAppointment[]): Promise<Result<number, SaveError>> => {
		const decisions: Decision[] = [];
		for (const decision of await keeper.decideIntake(await withIds(spaceId, piece))) {
			if (!decision.ok) return decision;
			if (decision.value) decisions.push(decision.value);
		}
		const recorded = await record(decisions, null);
		return recorded.ok ? ok(decisions.length) : recorded;
	};
	let written = 0;
	let done = 0;
	for (; done < entries.length && !signal.aborted; done = Math.min(done + WRITTEN_PIECE, entries.length)) {
		onProgress({ done, of: entries.length });
		const piece = entries.slice(done, done + WRITTEN_PIECE);
		const taken = await inTurn(() => takePiece(piece));
		if (!taken.ok) return taken;
		written += taken.value;
	}
	onProgress({ done, of: entries.length });
	return ok({ written, unchanged: done - written, left: entries.length - done });
}
