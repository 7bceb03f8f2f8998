/** Taking in what an import file says: new, changed, unchanged or cancelled, and never over what a counter did meanwhile. */
import type { AppointmentFacts, ImportedAppointment } from './appointment-import';
import {
	importOf,
	importRecordOf,
	isNewer,
	isTouched,
	type AppointmentId,
	type AppointmentView,
	type ImportRecord
} from './appointment-view';
import { sameValue } from './canonical-json';
import { checked, type Decision, type Refusal } from './decision';
import type { JsonValue } from './operation';
import { changeOf } from './request-view';
import { ok, type Result } from './result';

/** An entry of a file with the id that its key gives. */
export interface IncomingAppointment {
	readonly id: AppointmentId;
	readonly entry: ImportedAppointment;
}

/** `older`: what is known is newer than this file; nothing is taken of it. */
export type IntakeKind = 'new' | 'changed' | 'cancelled' | 'unchanged' | 'older';

export interface Intake {
	readonly id: AppointmentId;
	readonly kind: IntakeKind;
	/** A counter did something with it already, which stays as it is. */
	readonly kept: boolean;
	/** Of a changed or cancelled one: what the booking system said before, where it says otherwise now. */
	readonly was: FactsBefore;
}
export type FactsBefore = { readonly [F in keyof AppointmentFacts]?: AppointmentFacts[F] };

const NOTHING_BEFORE: FactsBefore = {};

const MAX_KEY_LENGTH = 300;

const recordOf = ({ key, sequence, changedAt, facts }: ImportedAppointment): ImportRecord => ({
	...facts,
	// Here it is for a person to read; the id is made of all of it.
	key: key.slice(0, MAX_KEY_LENGTH),
	sequence,
	changedAt
});

/** Compares one entry with what is known. */
export function intakeOf({ id, entry }: IncomingAppointment, view: AppointmentView | null): Intake {
	const known = view && importOf(view);
	const kept = view !== null && isTouched(view);
	if (!known) return { id, kind: 'new', kept, was: NOTHING_BEFORE };
	const record = recordOf(entry);
	if (isNewer(known, record))
		return { id, kind: sameFacts(known, record) ? 'unchanged' : 'older', kept, was: NOTHING_BEFORE };
	if (sameFacts(known, record)) return { id, kind: 'unchanged', kept, was: NOTHING_BEFORE };
	const kind = record.cancelled && !known.cancelled ? 'cancelled' : 'changed';
	return { id, kind, kept, was: factsBefore(known, entry.facts) };
}

const factsBefore = (known: AppointmentFacts, now: AppointmentFacts): FactsBefore =>
	Object.fromEntries(
		(Object.keys(now) as (keyof AppointmentFacts)[])
			.filter((fact) => !sameValue(known[fact], now[fact]))
			.map((fact) => [fact, known[fact]])
	);

/** The operation that takes it in; null where there is nothing to be written. */
export function decideIntake(
	incoming: IncomingAppointment,
	view: AppointmentView | null
): Result<Decision | null, Refusal> {
	const { kind } = intakeOf(incoming, view);
	if (kind === 'unchanged' || kind === 'older') return ok(null);
	const value: JsonValue = { ...recordOf(incoming.entry) };
	const { replaces } = view ? changeOf(view, 'import', value) : { replaces: [] };
	return checked({
		type: 'appointment-imported',
		subjectId: incoming.id,
		body: { changes: { import: { value, replaces } } }
	});
}

/** A later SEQUENCE or time stamp alone is no change that anybody has to know of. */
function sameFacts(a: ImportRecord, b: ImportRecord): boolean {
	const factsOf = (record: ImportRecord): AppointmentFacts | null => {
		const read = importRecordOf({ ...record });
		return read && ({ ...read, key: '', sequence: 0, changedAt: null } as AppointmentFacts);
	};
	return sameValue({ ...factsOf(a) }, { ...factsOf(b) });
}
