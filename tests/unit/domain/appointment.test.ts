/** Appointments: steps of a day, what two counters do without having seen each other, files against counters. */
import { describe, expect, it } from 'vitest';
import {
	beforeStep,
	decideAmendAppointment,
	decideCancelAppointment,
	decideContact,
	decideLink,
	decideMerge,
	decideMove,
	decideReport,
	decideRetractContact,
	decideSettleAppointment,
	decideSplit,
	decideStep,
	decideUndo,
	decideWalkIn
} from '$lib/domain/appointment';
import { decideIntake, intakeOf } from '$lib/domain/appointment-intake';
import { canonicalState, waitingCount } from '$lib/domain/projection';
import type { Instant, LocalDate } from '$lib/domain/time';
import { MONDAY, requestId } from '../../fixtures/builders';
import {
	anEntry,
	appointmentId,
	at,
	createAppointmentCounter,
	facts,
	meet,
	THAT_MONDAY,
	type AppointmentCounter
} from '../../support/appointment-counters';

const ID = appointmentId(1);
const NOW = (MONDAY + 3_600_000) as Instant;

const take = (counter: AppointmentCounter, entry = anEntry('uid:1'), id = ID) =>
	counter.write(decideIntake({ id, entry }, counter.find(id)));
const intake = (counter: AppointmentCounter, entry = anEntry('uid:1')) => intakeOf({ id: ID, entry }, counter.find(ID));
const step = (counter: AppointmentCounter, kind: Parameters<typeof decideStep>[1], id = ID) =>
	counter.write(decideStep(counter.view(id), kind, counter.me, NOW));

describe('a file', () => {
	it('opens an appointment that is booked', () => {
		const counter = createAppointmentCounter(1);
		expect(intake(counter)).toEqual({ id: ID, kind: 'new', kept: false, was: {} });
		take(counter);
		expect(counter.row(ID)).toMatchObject({
			...facts(),
			origin: 'import',
			status: 'confirmed',
			claims: [],
			conflicts: [],
			differs: []
		});
	});

	it('read a second time changes nothing', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		expect(intake(counter).kind).toBe('unchanged');
		take(counter);
		expect(counter.log).toHaveLength(1);
	});

	it('with a later SEQUENCE replaces what an earlier one said, and an older one says nothing any more', () => {
		const counter = createAppointmentCounter(1);
		take(counter, anEntry('uid:1', {}, { sequence: 2 }));
		const older = anEntry('uid:1', { time: at('08:00') }, { sequence: 1 });
		expect(intake(counter, older).kind).toBe('older');
		take(counter, older);
		expect(counter.row(ID).time).toBe('09:30');
		const newer = anEntry('uid:1', { time: at('10:00') }, { sequence: 3 });
		expect(intake(counter, newer).kind).toBe('changed');
		take(counter, newer);
		expect(counter.row(ID).time).toBe('10:00');
		expect(counter.view(ID).fields.import).toHaveLength(1);
	});

	it('of the same SEQUENCE counts by when the booking system changed it', () => {
		const counter = createAppointmentCounter(1);
		const changedAt = (hour: number) => ({ changedAt: (MONDAY + hour * 3_600_000) as Instant });
		take(counter, anEntry('uid:1', {}, changedAt(2)));
		expect(intake(counter, anEntry('uid:1', { note: 'x' }, changedAt(1))).kind).toBe('older');
		expect(intake(counter, anEntry('uid:1', { note: 'x' }, changedAt(3))).kind).toBe('changed');
	});

	it('that cancels says so, and cancels', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		const off = anEntry('uid:1', { cancelled: true }, { sequence: 1 });
		expect(intake(counter, off).kind).toBe('cancelled');
		take(counter, off);
		expect(counter.row(ID).status).toBe('cancelled');
	});

	it('never undoes what a counter did: status, new time and corrected name stay, and the row says what the file says', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		counter.write(decideAmendAppointment(counter.view(ID), { name: 'Muster, Erika', phone: '030 23125000' }));
		counter.write(decideMove(counter.view(ID), { date: '2026-03-04' as LocalDate, time: at('11:00'), minutes: 15 }));
		step(counter, 'arrive');
		const newer = anEntry('uid:1', { name: 'Mustermann, E.', time: at('10:00'), cancelled: true }, { sequence: 1 });
		const was = { name: anEntry('uid:1').facts.name, time: anEntry('uid:1').facts.time, cancelled: false };
		expect(intake(counter, newer)).toEqual({ id: ID, kind: 'cancelled', kept: true, was });
		take(counter, newer);
		expect(counter.row(ID)).toMatchObject({
			name: 'Muster, Erika',
			phone: '030 23125000',
			date: '2026-03-04',
			time: '11:00',
			status: 'queued',
			differs: ['time', 'cancelled'],
			bookedFor: { date: THAT_MONDAY, time: '10:00' }
		});
	});

	it('read at two counters makes one appointment; of two exports the newer counts, and nobody has to settle it', () => {
		const [a, b] = [createAppointmentCounter(1), createAppointmentCounter(2)];
		take(a, anEntry('uid:1', { time: at('10:00') }, { sequence: 2 }));
		take(b, anEntry('uid:1', { time: at('09:00') }, { sequence: 1 }));
		meet(a, b);
		expect(a.rows()).toHaveLength(1);
		expect(a.row(ID)).toMatchObject({ time: '10:00', conflicts: [] });
		expect(b.row(ID)).toEqual(a.row(ID));
		expect(canonicalState(a.state)).toBe(canonicalState(b.state));
	});
});

describe('a day', () => {
	it('goes from booked to finished, and says who serves', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		step(counter, 'arrive');
		expect(counter.row(ID)).toMatchObject({ status: 'queued', arrivedAt: NOW, claims: [] });
		step(counter, 'call');
		expect(counter.row(ID)).toMatchObject({ status: 'called', claims: [counter.me] });
		step(counter, 'serve');
		step(counter, 'finish');
		expect(counter.row(ID)).toMatchObject({ status: 'finished', arrivedAt: NOW, claims: [counter.me] });
	});

	it('called without having been seen to arrive has arrived', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		step(counter, 'call');
		expect(counter.row(ID).arrivedAt).toBe(NOW);
	});

	it.each(['arrive', 'call', 'miss', 'return', 'finish', 'back'] as const)(
		'takes %s back as if it had not been',
		(kind) => {
			const counter = createAppointmentCounter(1);
			take(counter);
			step(counter, 'arrive');
			const was = counter.row(ID);
			const before = beforeStep(counter.view(ID));
			step(counter, kind === 'arrive' ? 'serve' : kind);
			expect(counter.row(ID).status).not.toBe('queued');
			counter.write(decideUndo(counter.view(ID), before));
			const { status, claims, arrivedAt } = counter.row(ID);
			expect({ status, claims, arrivedAt }).toEqual({ status: was.status, claims: [], arrivedAt: NOW });
			expect(decideUndo(counter.view(ID), before)).toMatchObject({ ok: false, error: { rule: 'nothing-changed' } });
		}
	);

	it('back in the queue is served by nobody', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		step(counter, 'call');
		step(counter, 'arrive');
		expect(counter.row(ID)).toMatchObject({ status: 'queued', claims: [] });
	});

	it('[SY9] called at two counters shows both at each, until one serves', () => {
		const [a, b] = [createAppointmentCounter(1), createAppointmentCounter(2)];
		take(a);
		step(a, 'arrive');
		meet(a, b);
		step(a, 'call');
		step(b, 'call');
		meet(a, b);
		for (const counter of [a, b]) {
			expect(counter.row(ID).claims).toHaveLength(2);
			expect(counter.row(ID).claims).toEqual(expect.arrayContaining([a.me, b.me]));
			expect(counter.row(ID)).toMatchObject({ status: 'called', conflicts: ['claim'] });
		}
		b.write(decideSettleAppointment(b.view(ID), 'claim', { ...a.me }));
		meet(a, b);
		expect(b.row(ID)).toMatchObject({ claims: [a.me], conflicts: [] });
	});

	it('a step of two counters that say different things shows as a contradiction', () => {
		const [a, b] = [createAppointmentCounter(1), createAppointmentCounter(2)];
		take(a);
		meet(a, b);
		step(a, 'miss');
		step(b, 'arrive');
		meet(a, b);
		expect(a.row(ID).conflicts).toEqual(['status']);
		a.write(decideSettleAppointment(a.view(ID), 'status', 'queued'));
		meet(a, b);
		expect(b.row(ID)).toMatchObject({ status: 'queued', conflicts: [] });
	});

	it('settles only what contradicts itself, and only by one of the values', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		expect(decideSettleAppointment(counter.view(ID), 'status', 'queued')).toMatchObject({
			error: { rule: 'nothing-to-settle' }
		});
	});

	it('a step on an appointment that has not come yet waits for it', () => {
		const [a, b] = [createAppointmentCounter(1), createAppointmentCounter(2)];
		take(a);
		step(a, 'arrive');
		const [opening, arrived] = a.log;
		b.take(arrived!);
		expect(b.find(ID)).toBeNull();
		expect(waitingCount(b.state)).toBe(1);
		b.take(opening!);
		expect(b.row(ID).status).toBe('queued');
		expect(waitingCount(b.state)).toBe(0);
	});

	it('somebody without an appointment waits from the beginning', () => {
		const counter = createAppointmentCounter(1);
		counter.write(decideWalkIn(ID, facts({ number: '7KXM-1', time: at('10:12') }), NOW));
		expect(counter.row(ID)).toMatchObject({ origin: 'walk-in', status: 'queued', number: '7KXM-1', arrivedAt: NOW });
	});
});

describe('cancelling, moving, calling', () => {
	it('wants a reason, and does not cancel twice or what is done', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		expect(decideCancelAppointment(counter.view(ID), '  ')).toMatchObject({ error: { rule: 'reason-required' } });
		counter.write(decideCancelAppointment(counter.view(ID), 'Fachverfahren ausgefallen'));
		expect(counter.row(ID)).toMatchObject({ status: 'cancelled', cancelReason: 'Fachverfahren ausgefallen' });
		expect(decideCancelAppointment(counter.view(ID), 'x')).toMatchObject({ error: { rule: 'already-cancelled' } });
		step(counter, 'finish');
		expect(decideCancelAppointment(counter.view(ID), 'x')).toMatchObject({ error: { rule: 'already-done' } });
	});

	it('moved is expected again, and says where it came from', () => {
		const counter = createAppointmentCounter(1);
		take(counter);
		counter.write(decideCancelAppointment(counter.view(ID), 'Personal fehlt'));
		counter.write(decideMove(counter.view(ID), { date: '2026-03-09' as LocalDate, time: null, minutes: null }));
		expect(counter.row(ID)).toMatchObject({
			date: '2026-03-09',
			time: null,
			status: 'confirmed',
			differs: ['time'],
			bookedFor: { date: THAT_MONDAY, time: '09:30' }
		});
	});

	it.each([
		['no day', { date: '2026-02-30' as LocalDate, time: null, minutes: null }, 'day-required'],
		['no time of day', { date: THAT_MONDAY, time: at('24:10'), minutes: null }, 'malformed-time']
	])('is not moved to %s', (_, to, rule) => {
		const counter = createAppointmentCounter(1);
		take(counter);
		expect(decideMove(counter.view(ID), to)).toMatchObject({ ok: false, error: { rule } });
	});

	it('keeps every call, the newest first, also of two counters', () => {
		const [a, b] = [createAppointmentCounter(1), createAppointmentCounter(2)];
		take(a);
		meet(a, b);
		a.write(decideContact(a.view(ID), 'aa', { result: 'not-reached', note: ' besetzt ' }));
		b.write(decideContact(b.view(ID), 'bb', { result: 'reached', note: '' }));
		b.write(decideContact(b.view(ID), 'cc', { result: 'new-appointment', note: '' }));
		meet(a, b);
		expect(a.row(ID)).toMatchObject({ contactCount: 3, contact: { result: 'new-appointment' }, conflicts: [] });
		a.write(decideRetractContact(a.view(ID), 'cc'));
		meet(a, b);
		expect(b.row(ID)).toMatchObject({ contactCount: 2, contact: { id: 'bb', result: 'reached' }, conflicts: [] });
		expect(decideRetractContact(b.view(ID), 'cc')).toMatchObject({ ok: false, error: { rule: 'nothing-changed' } });
	});
});

describe('a reported appointment', () => {
	const REPORTED = appointmentId(2);
	const report = (counter: AppointmentCounter) =>
		counter.write(decideReport(REPORTED, { ...facts({ phone: '030 23125000', service: '' }), source: 'letter' }));

	it('wants a day, and a name or what it is about', () => {
		expect(decideReport(REPORTED, { ...facts({ date: '' as LocalDate }), source: 'mail' })).toMatchObject({
			error: { rule: 'day-required' }
		});
		expect(decideReport(REPORTED, { ...facts({ name: ' ', service: '' }), source: 'mail' })).toMatchObject({
			error: { rule: 'text-required' }
		});
	});

	it('merged disappears behind the one from the file, which takes over what it lacks and how far the person is', () => {
		const counter = createAppointmentCounter(1);
		report(counter);
		step(counter, 'arrive', REPORTED);
		counter.write(decideLink(counter.view(REPORTED), requestId(77)));
		take(counter);
		counter.write(decideMerge(counter.view(REPORTED), counter.view(ID)));
		expect(counter.row(REPORTED).mergedInto).toBe(ID);
		expect(counter.row(ID)).toMatchObject({
			service: 'Umschreibung',
			phone: '030 23125000',
			status: 'queued',
			arrivedAt: NOW,
			requests: [requestId(77)]
		});
	});

	it('does not overwrite what the file or a counter says', () => {
		const counter = createAppointmentCounter(1);
		report(counter);
		step(counter, 'miss', REPORTED);
		take(counter, anEntry('uid:1', { phone: '030 23125001' }));
		step(counter, 'arrive');
		counter.write(decideMerge(counter.view(REPORTED), counter.view(ID)));
		expect(counter.row(ID)).toMatchObject({ phone: '030 23125001', status: 'queued' });
	});

	it('told apart is proposed no more, and a merging is undone by it', () => {
		const counter = createAppointmentCounter(1);
		report(counter);
		take(counter);
		counter.write(decideMerge(counter.view(REPORTED), counter.view(ID)));
		counter.write(decideSplit(counter.view(REPORTED), ID));
		expect(counter.row(REPORTED)).toMatchObject({ mergedInto: null, notSame: [ID] });
	});
});
