import { expect, it, vi } from 'vitest';
import type { ImportProfile } from '$lib/domain/appointment-import';
import { err, ok, type Result } from '$lib/domain/result';
import type { LocalDate } from '$lib/domain/time';
import type { AppointmentDesk, ImportOutcome, ImportReport, LongWork } from '$lib/services/appointment-desk';
import type { SaveError } from '$lib/services/workspace';
import { ImportFlow } from '$lib/ui/state/import-flow.svelte';
import { aPreview, needsMapping } from '../../../support/invented-import';

const TODAY = '2026-11-26' as LocalDate;
const PASTED = { text: 'Datum\tName', html: '' };
const file = (name: string) => ({ file: new File(['x'], name) });

function aFlow(over: Partial<AppointmentDesk> = {}, profiles: readonly ImportProfile[] = []) {
	const desk = {
		read: vi.fn<AppointmentDesk['read']>(over.read ?? (async () => aPreview(['new', 'unchanged', 'cancelled']))),
		takeIn: vi.fn<AppointmentDesk['takeIn']>(
			over.takeIn ?? (async (entries) => ok({ written: entries.length, unchanged: 0, left: 0 }))
		),
		saveProfile: vi.fn<AppointmentDesk['saveProfile']>(over.saveProfile ?? (async () => ok(undefined)))
	};
	return { desk, flow: new ImportFlow({ desk, profiles: () => profiles, today: () => TODAY }) };
}

it('reads from yesterday to eight weeks ahead, unless somebody says otherwise', async () => {
	const { desk, flow } = aFlow();
	await flow.open([PASTED]);
	expect(desk.read).toHaveBeenLastCalledWith(
		PASTED,
		{ today: TODAY, from: '2026-11-25', to: '2027-01-21', profiles: [] },
		expect.anything()
	);
	flow.window.from = '1.12.26';
	flow.window.to = '031226';
	await flow.open([PASTED]);
	expect(desk.read.mock.lastCall?.[1]).toMatchObject({ from: '2026-12-01', to: '2026-12-03' });
});

it('reads nothing for days that are none', async () => {
	const { desk, flow } = aFlow();
	flow.window.to = '31.02.2027';
	await flow.open([PASTED]);
	expect(desk.read).not.toHaveBeenCalled();
	expect(flow.notice).toBe('window');
	expect(flow.step.type).toBe('start');
});

it('takes in what the preview says would be written, and nothing else', async () => {
	const { desk, flow } = aFlow();
	await flow.open([PASTED]);
	expect(flow.step.type).toBe('preview');
	expect(desk.takeIn).not.toHaveBeenCalled();
	await flow.takeIn();
	expect(desk.takeIn.mock.lastCall?.[0].map(({ at }) => at)).toEqual([2, 4]);
	expect(flow.step).toMatchObject({ type: 'report', report: { written: 2 } });
});

it('goes back to the start with a reason when there is nothing to be read', async () => {
	const { flow } = aFlow({ read: async () => ({ type: 'unreadable', reason: 'pdf' }) });
	await flow.open([PASTED]);
	expect([flow.step.type, flow.notice]).toEqual(['start', 'pdf']);
	const broken = aFlow({ read: () => Promise.reject(new Error('worker')) }).flow;
	await broken.open([PASTED]);
	expect([broken.step.type, broken.notice]).toEqual(['start', 'reader-failed']);
	const slow = aFlow({ read: async () => ({ type: 'took-too-long' }) }).flow;
	await slow.open([PASTED]);
	expect([slow.step.type, slow.notice]).toEqual(['start', 'took-too-long']);
});

it('asks for columns, keeps them under the header, and reads once more with them', async () => {
	const read = vi
		.fn<AppointmentDesk['read']>()
		.mockResolvedValueOnce(needsMapping())
		.mockResolvedValue(aPreview(['new']));
	const { desk, flow } = aFlow({ read });
	await flow.open([file('liste.xlsx')]);
	const mapping = { date: 0, time: 1, name: [2] };
	await flow.map(needsMapping(), mapping, 'Bürgerbüro');
	expect(desk.saveProfile).toHaveBeenCalledWith({ header: 'TAG|WANN|WER|WOZU|ZIMMER', name: 'Bürgerbüro', mapping });
	expect(read.mock.lastCall?.[1]).toMatchObject({ mapping });
	expect(flow.step.type).toBe('preview');
});

it('goes on with a mapping that could not be kept', async () => {
	const read = vi
		.fn<AppointmentDesk['read']>()
		.mockResolvedValueOnce(needsMapping())
		.mockResolvedValue(aPreview(['new']));
	const { flow } = aFlow({ read, saveProfile: async () => err({ type: 'not-written', name: 'QuotaExceededError' }) });
	await flow.open([PASTED]);
	await flow.map(needsMapping(), { date: 0, name: [2] }, 'Bürgerbüro');
	expect(flow.step.type).toBe('preview');
	expect(flow.profileFailure).toEqual({ type: 'not-written', name: 'QuotaExceededError' });
});

it('stays at the columns when the other sheet is empty, and keeps the sheet for what follows', async () => {
	const read = vi
		.fn<AppointmentDesk['read']>()
		.mockResolvedValueOnce(needsMapping())
		.mockResolvedValueOnce({ type: 'unreadable', reason: 'no-table' })
		.mockResolvedValueOnce(needsMapping())
		.mockResolvedValue(aPreview(['new']));
	const { flow } = aFlow({ read });
	await flow.open([PASTED]);
	await flow.chooseSheet('Leer');
	expect([flow.step.type, flow.notice]).toEqual(['mapping', 'no-table']);
	await flow.chooseSheet('Januar');
	await flow.map(needsMapping(), { date: 0, name: [2] }, null);
	expect(read.mock.lastCall?.[1]).toMatchObject({ sheet: 'Januar', mapping: { date: 0 } });
});

it('asks for the day of a list of times, beside the columns that were given', async () => {
	const read = vi
		.fn<AppointmentDesk['read']>()
		.mockResolvedValueOnce(needsMapping())
		.mockResolvedValueOnce({ type: 'needs-date', format: 'table', sample: [] })
		.mockResolvedValue(aPreview(['new']));
	const { flow } = aFlow({ read });
	await flow.open([PASTED]);
	await flow.map(needsMapping(), { date: null, time: 1, name: [2] }, null);
	expect(flow.step.type).toBe('date');
	await flow.chooseDate('2026-12-01' as LocalDate);
	expect(read.mock.lastCall?.[1]).toMatchObject({ date: '2026-12-01', mapping: { time: 1 } });
});

it('asks anew for columns that were read by a profile', async () => {
	const profile = { header: 'TAG|WER', name: 'Bürgerbüro', mapping: { date: 0, name: [1] } };
	const { desk, flow } = aFlow({}, [profile]);
	desk.read.mockResolvedValue(aPreview(['new'], { source: 'Bürgerbüro' }));
	await flow.open([PASTED]);
	expect(flow.isByProfile).toBe(true);
	await flow.mapAnew();
	expect(desk.read.mock.lastCall?.[1].profiles).toEqual([]);
});

it('reads files one after the other, also past one that is unreadable', async () => {
	const read = vi
		.fn<AppointmentDesk['read']>()
		.mockResolvedValueOnce({ type: 'unreadable', reason: 'damaged' })
		.mockResolvedValue(aPreview(['new']));
	const { flow } = aFlow({ read });
	await flow.open([file('a.csv'), file('b.csv')]);
	expect(flow.step.type).toBe('start');
	await flow.openNext();
	expect(read.mock.lastCall?.[0]).toMatchObject({ file: { name: 'b.csv' } });
	await flow.takeIn();
	expect([flow.step.type, flow.next]).toEqual(['report', null]);
});

/** Work that lasts until it is stopped, and then gives `outcome`. */
const untilStopped =
	<T>(outcome: T) =>
	(_: unknown, second: unknown, third?: LongWork): Promise<T> => {
		const { signal, onProgress } = third ?? (second as LongWork);
		onProgress({ done: 250, of: 1000 });
		return new Promise((resolve) => signal.addEventListener('abort', () => resolve(outcome)));
	};

it('goes back one step when reading is stopped', async () => {
	const { flow } = aFlow({ read: untilStopped<ImportOutcome>({ type: 'stopped' }) });
	const reading = flow.open([PASTED]);
	expect([flow.step.type, flow.progress]).toEqual(['reading', { done: 250, of: 1000 }]);
	flow.cancel();
	await reading;
	expect([flow.step.type, flow.notice]).toEqual(['start', null]);
});

it('reports what is in when taking in is stopped', async () => {
	const stopped = ok({ written: 250, unchanged: 0, left: 750 });
	const { flow } = aFlow({ takeIn: untilStopped<Result<ImportReport, SaveError>>(stopped) });
	await flow.open([PASTED]);
	const taking = flow.takeIn();
	expect(flow.step.type).toBe('taking');
	flow.cancel();
	await taking;
	expect(flow.step).toMatchObject({ type: 'report', report: { left: 750 } });
});

it('comes back to the preview when the disk takes no more, and says how much is in', async () => {
	const takeIn: AppointmentDesk['takeIn'] = async (_, { onProgress }) => {
		onProgress({ done: 500, of: 1000 });
		return err({ type: 'not-written', name: 'QuotaExceededError' });
	};
	const { flow } = aFlow({ takeIn });
	await flow.open([PASTED]);
	await flow.takeIn();
	expect(flow.step.type).toBe('preview');
	expect(flow.failure).toMatchObject({ error: { type: 'not-written' }, progress: { done: 500 } });
});

it('ends all work when the page goes, and shows nothing of it any more', async () => {
	let signal: AbortSignal | undefined;
	const takeIn: AppointmentDesk['takeIn'] = (_, work) => {
		({ signal } = work);
		return untilStopped<Result<ImportReport, SaveError>>(ok({ written: 0, unchanged: 0, left: 2 }))(null, work);
	};
	const { flow } = aFlow({ takeIn });
	await flow.open([PASTED]);
	const taking = flow.takeIn();
	flow.dispose();
	await taking;
	expect(signal?.aborted).toBe(true);
	expect(flow.step.type).toBe('taking');
});
