/** Counters that fold appointments and write what the domain decides; they meet when a test says so. */
import {
	appointmentRow,
	type AppointmentFacts,
	type AppointmentId,
	type AppointmentRow,
	type AppointmentView,
	type LocalTime
} from '$lib/domain/appointment';
import type { ImportedAppointment } from '$lib/domain/appointment-import';
import type { Decision, Refusal } from '$lib/domain/decision';
import type { AnyOperation } from '$lib/domain/operation';
import { appointmentIds, appointmentView, applyOperation, emptyState } from '$lib/domain/projection';
import type { Result } from '$lib/domain/result';
import type { Instant, LocalDate } from '$lib/domain/time';
import { deviceId, MONDAY, requestId, staffId } from '../fixtures/builders';

export const THAT_MONDAY = '2026-03-02' as LocalDate;
export const at = (time: string): LocalTime => time as LocalTime;

/** Whatever matters to a test is laid over it. */
export const facts = (over: Partial<AppointmentFacts> = {}): AppointmentFacts => ({
	date: THAT_MONDAY,
	time: at('09:30'),
	minutes: 15,
	name: 'Mustermann, Erika',
	phone: '',
	email: '',
	service: 'Umschreibung',
	note: '',
	number: '',
	place: '',
	cancelled: false,
	...over
});

export const anEntry = (
	key: string,
	over: Partial<AppointmentFacts> = {},
	rest: Partial<Omit<ImportedAppointment, 'facts'>> = {}
): ImportedAppointment => ({ key, sequence: 0, changedAt: null, at: 1, facts: facts(over), ...rest });

export const appointmentId = (n: number): AppointmentId => requestId(n);

export function createAppointmentCounter(device: number) {
	const state = emptyState();
	const log: AnyOperation[] = [];
	let sequence = 0;
	const take = (operation: AnyOperation): void => {
		if (applyOperation(state, operation) !== null) log.push(operation);
	};
	const write = (decision: Decision): void => {
		sequence++;
		take({
			...decision,
			version: 1,
			staffId: staffId(device),
			recordedAt: (MONDAY + (state.maxTick + 1) * 1_000) as Instant,
			clockOffset: null,
			tick: state.maxTick + 1,
			deviceId: deviceId(device),
			sequence
		} as AnyOperation);
	};
	const view = (id: AppointmentId): AppointmentView => {
		const found = appointmentView(state, id);
		if (found === null) throw new Error('no such appointment');
		return found;
	};
	return {
		me: { deviceId: deviceId(device), staffId: staffId(device) },
		state,
		log,
		view,
		find: (id: AppointmentId) => appointmentView(state, id),
		row: (id: AppointmentId): AppointmentRow => appointmentRow(view(id)),
		rows: (): AppointmentRow[] => appointmentIds(state).map((id) => appointmentRow(view(id))),
		/** Writes what was decided; a refusal is the test's mistake. */
		write: (decided: Result<Decision | null | readonly Decision[], Refusal>): void => {
			if (!decided.ok) throw new Error(`refused: ${decided.error.rule}`);
			for (const decision of [decided.value].flat()) if (decision) write(decision as Decision);
		},
		take
	};
}
export type AppointmentCounter = ReturnType<typeof createAppointmentCounter>;

/** Both hold the same afterwards. */
export function meet(a: AppointmentCounter, b: AppointmentCounter): void {
	for (const operation of [...a.log]) b.take(operation);
	for (const operation of [...b.log]) a.take(operation);
}
