/** Invented readings of import files, as readers give them. */
import type { AppointmentId } from '$lib/domain/appointment';
import type {
	AppointmentFacts,
	ImportedAppointment,
	ImportProblem,
	ImportReading,
	LocalTime
} from '$lib/domain/appointment-import';
import type { FactsBefore, Intake, IntakeKind } from '$lib/domain/appointment-intake';
import type { LocalDate } from '$lib/domain/time';
import type { ImportPreview } from '$lib/services/appointment-desk';
import { hex } from './invented-view';

export const anEntry = (at: number, facts: Partial<AppointmentFacts> = {}): ImportedAppointment => ({
	key: `uid:${at}`,
	sequence: 0,
	changedAt: null,
	at,
	facts: {
		date: '2026-12-01' as LocalDate,
		time: '09:30' as LocalTime,
		minutes: 20,
		name: `Erika Muster-${at}`,
		phone: '',
		email: '',
		service: 'Personalausweis beantragen',
		note: '',
		number: String(100 + at),
		place: '',
		cancelled: false,
		...facts
	}
});

export const anIntake = (at: number, kind: IntakeKind, kept = false, was: FactsBefore = {}): Intake => ({
	id: hex(0x5000 + at) as AppointmentId,
	kind,
	kept,
	was
});

export const aProblem = (at: number, over: Partial<ImportProblem> = {}): ImportProblem => ({
	at,
	reason: 'date-unreadable',
	excerpt: '31.02.2025',
	...over
});

/** One entry for each kind given. */
export const aPreview = (
	kinds: readonly IntakeKind[],
	over: Partial<ImportPreview['reading']> = {},
	kept: readonly number[] = []
): ImportPreview => ({
	type: 'preview',
	reading: {
		type: 'read',
		format: 'table',
		source: 'table',
		entries: kinds.map((kind, index) => anEntry(index + 2, { cancelled: kind === 'cancelled' })),
		problems: [],
		notes: [],
		...over
	},
	intakes: kinds.map((kind, index) => anIntake(index + 2, kind, kept.includes(index + 2)))
});

export const needsMapping = (): Extract<ImportReading, { type: 'needs-mapping' }> => ({
	type: 'needs-mapping',
	format: 'xlsx',
	header: ['Tag', 'Wann', 'Wer', 'Wozu', 'Zimmer'],
	sample: [
		['01.12.2026', '09:30', 'Erika Mustermann', 'Ausweis', '12'],
		['01.12.2026', '09:45', 'Max Beispiel', 'Reisepass', '12']
	],
	rowCount: 240,
	suggestion: { date: null, time: null, name: [2] },
	sheets: ['Dezember', 'Januar']
});
