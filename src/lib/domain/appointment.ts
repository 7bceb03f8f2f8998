/** What may be done with an appointment: rules of the day → the operation to be written, or why not. */
import type { AppointmentFacts } from './appointment-import';
import {
	appointmentConflicts,
	appointmentStatusOf,
	arrivedAtOf,
	claimsOf,
	contactPath,
	contactsOf,
	effectiveFacts,
	isLocalDate,
	isLocalTime,
	mergedIntoOf,
	notSamePath,
	OWN_FACTS,
	ownPath,
	requestPath,
	type AppointmentId,
	type AppointmentPath,
	type AppointmentStatus,
	type AppointmentView,
	type Claim,
	type Contact,
	type Moved,
	type OwnFact,
	type Report
} from './appointment-view';
import { sameValue } from './canonical-json';
import { checked, decideChange, refuse, type Decision, type Refusal } from './decision';
import type { RequestId } from './ids';
import type { JsonValue } from './operation';
import { changeOf, currentText, currentValue, distinctValues, type ProposedChange } from './request-view';
import type { Result } from './result';
import type { Instant } from './time';

export * from './appointment-view';
export { appointmentRow, compareAppointments, type AppointmentRow } from './appointment-row';
export type { AppointmentFacts, LocalTime } from './appointment-import';

type Decided = Result<Decision, Refusal>;

/** What a clerk does in the course of a day; cancelling and moving are acts of their own. */
export const STEPS = ['arrive', 'call', 'serve', 'finish', 'return', 'miss', 'back'] as const;
export type Step = (typeof STEPS)[number];
/** `back`: as if nobody had done anything yet. */
const STATUS_AFTER: { readonly [S in Step]: AppointmentStatus } = {
	arrive: 'queued',
	call: 'called',
	serve: 'processing',
	finish: 'finished',
	return: 'pending',
	miss: 'missed',
	back: 'confirmed'
};
/** Who does one of these serves the person; who is sent home or back into the queue is served by nobody. */
const CLAIMING: readonly Step[] = ['call', 'serve', 'finish', 'return'];

/** Nothing blocks the queue: any step may follow any other, a called person may be called again. */
export function decideStep(view: AppointmentView, step: Step, by: Claim, now: Instant): Decided {
	const changes: ProposedChange[] = [changeOf(view, 'status', STATUS_AFTER[step])];
	if (CLAIMING.includes(step)) changes.push(changeOf(view, 'claim', { ...by }));
	else if (claimsOf(view).length > 0) changes.push(changeOf(view, 'claim', null));
	if (step === 'arrive' || (step === 'call' && arrivedAtOf(view) === null))
		changes.push(changeOf(view, 'arrived', now));
	if (step === 'back' && arrivedAtOf(view) !== null) changes.push(changeOf(view, 'arrived', null));
	return decideChange(view, 'appointment-advanced', changes);
}

/** What a step leaves behind when it is taken back: the fields it changes, as they were. */
export type BeforeStep = { readonly [path: AppointmentPath]: JsonValue };
const STEP_FIELDS = ['status', 'claim', 'arrived', 'cancelReason', 'moved'];
export const beforeStep = (view: AppointmentView): BeforeStep =>
	Object.fromEntries(
		STEP_FIELDS.map((path) => [
			path,
			path === 'status' ? appointmentStatusOf(view) : (currentValue(view, path) ?? null)
		])
	);

/** „Rückgängig“: one more operation, which sets back what the last one changed. */
export function decideUndo(view: AppointmentView, before: BeforeStep): Decided {
	const now = beforeStep(view);
	const changed = Object.entries(before).filter(([path, value]) => !sameValue(value, now[path] ?? null));
	if (changed.length === 0) return refuse('nothing-changed');
	return decideChange(
		view,
		'appointment-advanced',
		changed.map(([path, value]) => changeOf(view, path, value)),
		'undo'
	);
}

/** „Bürger meldet Termin“: an appointment no file tells of. */
export function decideReport(id: AppointmentId, report: Report): Decided {
	if (!isLocalDate(report.date)) return refuse('day-required');
	if (report.time !== null && !isLocalTime(report.time)) return refuse('malformed-time');
	if (report.name.trim() === '' && report.service.trim() === '') return refuse('text-required');
	const changes = { report: { value: { ...report }, replaces: [] } };
	return checked({ type: 'appointment-reported', subjectId: id, body: { changes } });
}

/** Somebody came without an appointment; the number in it is given under the write lock. */
export const decideWalkIn = (id: AppointmentId, walkIn: AppointmentFacts, arrived: Instant): Decided =>
	checked({
		type: 'walk-in-arrived',
		subjectId: id,
		body: { changes: { walkIn: { value: { ...walkIn }, replaces: [] }, arrived: { value: arrived, replaces: [] } } }
	});

/** Name, telephone, service and so on, as the citizen says them at the counter. */
export function decideAmendAppointment(view: AppointmentView, facts: { readonly [F in OwnFact]?: string }): Decided {
	const changes = OWN_FACTS.flatMap((fact) => {
		const value = facts[fact]?.trim();
		return value === undefined ? [] : [changeOf(view, ownPath(fact), value)];
	});
	return changes.length === 0 ? refuse('nothing-changed') : decideChange(view, 'appointment-amended', changes);
}

export function decideCancelAppointment(view: AppointmentView, reason: string): Decided {
	const given = reason.trim();
	if (given === '') return refuse('reason-required');
	const status = appointmentStatusOf(view);
	if (status === 'cancelled' && currentText(view, 'status') === 'cancelled') return refuse('already-cancelled');
	if (status === 'finished') return refuse('already-done');
	return decideChange(
		view,
		'appointment-cancelled',
		[changeOf(view, 'status', 'cancelled'), changeOf(view, 'cancelReason', given)],
		given
	);
}

/** To another day or time; whoever was cancelled or missed is expected again. */
export function decideMove(view: AppointmentView, to: Moved, reason = ''): Decided {
	if (!isLocalDate(to.date)) return refuse('day-required');
	if (to.time !== null && !isLocalTime(to.time)) return refuse('malformed-time');
	const status = appointmentStatusOf(view);
	const expected = status === 'confirmed' ? [] : [changeOf(view, 'status', 'confirmed')];
	return decideChange(view, 'appointment-moved', [changeOf(view, 'moved', { ...to }), ...expected], reason);
}

export const decideContact = (view: AppointmentView, contactId: string, contact: Contact): Decided =>
	decideChange(view, 'appointment-contacted', [
		changeOf(view, contactPath(contactId), { result: contact.result, note: contact.note.trim() })
	]);

/** The wrong result was pressed: the call is as if it had not been. */
export const decideRetractContact = (view: AppointmentView, contactId: string): Decided =>
	contactsOf(view).some(({ id }) => id === contactId)
		? decideChange(view, 'appointment-contacted', [changeOf(view, contactPath(contactId), null)], 'undo')
		: refuse('nothing-changed');

/** A request was taken for it: whoever is served at a counter is being served. */
export const decideLink = (view: AppointmentView, requestId: RequestId): Decided =>
	decideChange(view, 'appointment-linked', [changeOf(view, requestPath(requestId), true)]);

/**
 * Two entries are one appointment: `reported` disappears behind `into`, which takes over what it lacks
 * and how far the person has come. Both stay in the log, and `decideSplit` takes it back.
 */
export function decideMerge(reported: AppointmentView, into: AppointmentView): Result<readonly Decision[], Refusal> {
	if (reported.id === into.id || mergedIntoOf(into) !== null) return refuse('not-the-same');
	const hidden = decideChange(reported, 'appointments-merged', [changeOf(reported, 'mergedInto', into.id)]);
	if (!hidden.ok) return hidden;
	const taken = takenOver(reported, into);
	if (taken.length === 0) return { ok: true, value: [hidden.value] };
	const filled = decideChange(into, 'appointments-merged', taken);
	return filled.ok ? { ok: true, value: [filled.value, hidden.value] } : filled;
}

function takenOver(from: AppointmentView, into: AppointmentView): ProposedChange[] {
	const changes: ProposedChange[] = [];
	const source = factsByName(from);
	const own = factsByName(into);
	for (const fact of OWN_FACTS)
		if (own[fact] === '' && source[fact] !== '') changes.push(changeOf(into, ownPath(fact), source[fact]));
	if (into.fields.status === undefined)
		for (const path of STEP_FIELDS) {
			const value = currentValue(from, path);
			if (value !== undefined && value !== null && path !== 'moved') changes.push(changeOf(into, path, value));
		}
	for (const path of Object.keys(from.fields))
		if (/^(?:requests|contacts)\//.test(path)) changes.push(changeOf(into, path, currentValue(from, path) ?? true));
	return changes;
}

const factsByName = (view: AppointmentView): { readonly [F in OwnFact]: string } => {
	const { name, phone, email, service, note } = effectiveFacts(view);
	return { name, phone, email, service, note };
};

/** „Das ist nicht derselbe Termin“, also where they had been merged. */
export const decideSplit = (reported: AppointmentView, other: AppointmentId): Decided =>
	decideChange(reported, 'appointments-merged', [
		changeOf(reported, notSamePath(other), true),
		...(mergedIntoOf(reported) === null ? [] : [changeOf(reported, 'mergedInto', '')])
	]);

/** Of two values that nothing has replaced, the one that stays [SY9]. */
export function decideSettleAppointment(view: AppointmentView, path: AppointmentPath, value: JsonValue): Decided {
	if (!appointmentConflicts(view).includes(path)) return refuse('nothing-to-settle');
	if (!distinctValues(view, path).some((candidate) => sameValue(candidate.value, value)))
		return refuse('not-a-candidate');
	return decideChange(view, 'conflict-settled', [changeOf(view, path, value)]);
}
