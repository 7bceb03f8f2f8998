/** A Workspace that lives in memory, for component tests: invented rows, every act recorded by name. */
import type { OperationName, RequestId } from '$lib/domain/ids';
import type { RequestView } from '$lib/domain/request';
import { err, ok } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import type { LiveView, Workspace } from '$lib/services/workspace';
import { createFakeCarriers } from './fake-carriers';
import { createFakeFolderCopy } from './fake-folder-copy';
import { A_SHEET, aRequest, aRow, aView, ERIKA, hex, WORKPLACE } from './invented-view';

export interface FakeWorkspace extends Workspace {
	/** What was asked for, in order: name of the act and its arguments. */
	readonly calls: readonly (readonly [act: string, ...args: readonly unknown[]])[];
	/** Replaces parts of the view and tells the subscribers. */
	change(over: Partial<LiveView>): void;
}

export function createFakeWorkspace(over: Partial<Workspace> = {}, view: LiveView = aView()): FakeWorkspace {
	let current = view;
	let nextId = 0x9000;
	const calls: [string, ...unknown[]][] = [];
	const listeners = new Set<() => void>();
	const find = (id: RequestId): RequestView | null => {
		const row = current.rows.find((r) => r.id === id);
		return row ? aRequest(row) : null;
	};
	const amended =
		(act: string) =>
		async (id: RequestId, ...args: unknown[]) => {
			calls.push([act, id, ...args]);
			const found = find(id);
			return found ? ok(found) : err({ type: 'refused', rule: 'unknown-request' } as const);
		};
	const done =
		(act: string) =>
		async (...args: unknown[]) => {
			calls.push([act, ...args]);
			return ok(undefined);
		};
	const nothing =
		(act: string) =>
		async (...args: unknown[]) => {
			calls.push([act, ...args]);
		};
	const workspace: Workspace = {
		folderCopy: createFakeFolderCopy(),
		appointments: {
			appointment: async () => null,
			search: async (text) =>
				current.appointments.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())).map(({ id }) => id),
			step: async (...args) => {
				calls.push(['step', ...args]);
				return ok({ status: 'confirmed', claim: null, arrived: null });
			},
			undo: done('undo'),
			report: async (report) => {
				calls.push(['report', report]);
				return ok(hex(nextId++) as RequestId);
			},
			walkIn: async (facts) => {
				calls.push(['walkIn', facts]);
				return ok({ id: hex(nextId++) as RequestId, number: '7KXM-1' });
			},
			amend: done('amendAppointment'),
			cancel: async (ids, reason) => {
				calls.push(['cancel', ids, reason]);
				return ok(new Map(ids.map((id) => [id, { status: 'confirmed' }])));
			},
			move: async (...args) => {
				calls.push(['move', ...args]);
				return ok({ status: 'confirmed' });
			},
			contact: async (...args) => {
				calls.push(['contact', ...args]);
				return ok(hex(nextId++));
			},
			retractContact: done('retractContact'),
			merge: done('merge'),
			split: done('split'),
			settle: done('settleAppointment'),
			saveProfile: done('saveProfile'),
			saveCapacity: done('saveCapacity'),
			read: async (source) => {
				calls.push(['read', source]);
				return { type: 'unreadable', reason: 'not-known' };
			},
			takeIn: async (entries) => {
				calls.push(['takeIn', entries.length]);
				return ok({ written: entries.length, unchanged: 0, left: 0 });
			}
		},
		me: ERIKA,
		workplace: WORKPLACE,
		get view() {
			return current;
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		takeRequest: async (input) => {
			calls.push(['takeRequest', input]);
			const rows = (input.vehicles.length > 0 ? input.vehicles.map((v) => v.rowId) : [input.requestId]).map((id, n) =>
				aRow(100 + n, { id, formId: input.formId, urgency: input.urgency, missingCount: input.missing.length })
			);
			current = { ...current, rows: [...rows, ...current.rows] };
			for (const listener of listeners) listener();
			return ok({ requests: rows.map((row) => aRequest(row)) });
		},
		request: async (id) => find(id),
		batch: async (batchId) => current.rows.filter((row) => row.batchId === batchId).map((row) => aRequest(row)),
		timeline: async (id) => {
			const row = current.rows.find((r) => r.id === id);
			if (!row) return [];
			return [
				{
					name: `${row.deviceId}:${row.openedAt.tick}` as OperationName,
					type: 'request-opened',
					staffName: ERIKA.name,
					counter: WORKPLACE.counter,
					at: row.openedAt,
					changes: [{ path: 'answers/familyName', before: null, after: 'Mustermann' }],
					again: null,
					reason: null
				}
			];
		},
		search: async (text) =>
			current.rows
				.filter((row) => `${row.name} ${row.caseNumber} ${row.plate}`.toLowerCase().includes(text.toLowerCase()))
				.map((row) => row.id),
		amend: amended('amend'),
		addNote: amended('addNote'),
		markPapers: amended('markPapers'),
		withdraw: amended('withdraw'),
		settle: amended('settle'),
		confirmReceipt: amended('confirmReceipt'),
		tickReentry: amended('tickReentry'),
		completeReentry: amended('completeReentry'),
		reopen: amended('reopen'),
		returnToCounter: amended('returnToCounter'),
		newRequestId: () => hex(nextId++) as RequestId,
		saveDraft: done('saveDraft'),
		discardDraft: nothing('discardDraft'),
		exchangeNow: nothing('exchangeNow'),
		openCarriers: async () => createFakeCarriers(),
		addServer: done('addServer'),
		pauseServer: done('pauseServer'),
		removeServer: done('removeServer'),
		addStaff: done('addStaff'),
		changeOwnPassword: done('changeOwnPassword'),
		resetPassword: done('resetPassword'),
		changeRole: done('changeRole'),
		removeStaff: done('removeStaff'),
		createJoinFile: async (ownPassword) => {
			calls.push(['createJoinFile', ownPassword]);
			const code = '7KXM4-Q2W3E-R5T6Y-8A9SD-FGH2J-K3MN5';
			const expiresAt = (Date.now() + 15 * 60_000) as Instant;
			return ok({ code, name: 'Notschalter-Aufnahme.notaufnahme', content: new Blob(['x']), expiresAt });
		},
		createJoinCode: async (input) => {
			calls.push(['createJoinCode', input]);
			const code = '7KXM4-Q2W3E-R5T6Y-8A9SD-FGH2J-K3MN5';
			return ok({ code, qrText: `${input.origin} ${code}`, expiresAt: (Date.now() + input.validMs) as Instant });
		},
		revokeDevice: done('revokeDevice'),
		noticeNewIdentity: nothing('noticeNewIdentity'),
		closeAsTemplate: done('closeAsTemplate'),
		moveTo: done('moveTo'),
		renewEmergencySheet: async (...args) => {
			calls.push(['renewEmergencySheet', ...args]);
			return ok(A_SHEET);
		},
		exportOpenRequests: async (input) => {
			calls.push(['exportOpenRequests', input]);
			return ok(current.rows.filter((r) => r.status === 'open' || r.status === 'query').map((row) => aRequest(row)));
		},
		exportAppointments: async (input) => {
			calls.push(['exportAppointments', input]);
			return ok(current.appointments.filter(({ id }) => input.ids.includes(id)));
		}
	};
	return Object.defineProperties(workspace, {
		...Object.getOwnPropertyDescriptors(over),
		calls: { value: calls },
		change: {
			value: (part: Partial<LiveView>) => {
				current = { ...current, ...part };
				for (const listener of listeners) listener();
			}
		}
	}) as FakeWorkspace;
}
