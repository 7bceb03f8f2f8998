/** A Session, Workspace and DeviceSetup that live in memory, for component tests: invented rows, every act recorded by name. */
import type { DeviceId, OperationName, RequestId, StaffId } from '$lib/domain/ids';
import type { RequestRow, RequestView } from '$lib/domain/request';
import { err, ok } from '$lib/domain/result';
import type { Stamp } from '$lib/domain/stamp';
import type { Instant } from '$lib/domain/time';
import type { StaffMember, Workplace } from '$lib/domain/workplace';
import type {
	DeviceSetup,
	EmergencySheet,
	Health,
	LiveView,
	LockScreenInfo,
	Session,
	SessionState,
	Workspace
} from '$lib/services/workspace';

export const hex = (n: number): string => n.toString(16).padStart(32, '0');
export const at = (text: string): Instant => Date.parse(text) as Instant;

export const OWN_DEVICE = hex(0xd1) as DeviceId;
export const OTHER_DEVICE = hex(0xd2) as DeviceId;
export const NOW = at('2023-11-06T09:41:00+01:00');

export const ERIKA: StaffMember = {
	id: hex(1) as StaffId,
	name: 'Erika Mustermann',
	role: 'lead',
	mustChangePassword: false,
	removed: false
};
export const MAX: StaffMember = {
	id: hex(2) as StaffId,
	name: 'Max Beispiel',
	role: 'clerk',
	mustChangePassword: true,
	removed: false
};

export const WORKPLACE: Workplace = {
	deviceId: OWN_DEVICE,
	commune: 'Soest, Stadt',
	site: 'Rathaus I',
	counter: 'Schalter 3',
	placeCode: 'SO',
	deviceCode: '7KXM'
};

export const stampAt = (recordedAt: Instant, tick = 1, deviceId: DeviceId = OWN_DEVICE): Stamp => ({
	recordedAt,
	clockOffset: null,
	tick,
	deviceId
});

/** A row of the list; whatever matters to a test is laid over it. */
export const aRow = (n: number, over: Partial<RequestRow> = {}): RequestRow => {
	const receivedAt = (NOW - n * 60_000) as Instant;
	return {
		id: hex(0x1000 + n) as RequestId,
		caseNumber: `SO-7KXM-${String(n).padStart(4, '0')}-51`,
		formId: 'umschreibung',
		status: 'open',
		urgency: 'normal',
		urgencyReason: '',
		name: 'Mustermann, Erika',
		plate: 'SO-AB 123',
		vin: 'WVWZZZ1JZXW000001',
		receivedAt,
		openedAt: stampAt(receivedAt, n),
		changedAt: stampAt(receivedAt, n),
		deviceId: OWN_DEVICE,
		missingCount: 0,
		conflictCount: 0,
		unknownOperations: 0,
		receiptCopies: 0,
		batchId: null,
		query: '',
		reference: '',
		...over
	};
};

/** The request behind a row, with the given fields, each of one value. */
export function aRequest(
	row: RequestRow,
	fields: { readonly [path: string]: RequestView['fields'][string][number]['value'] } = {}
): RequestView {
	const name = `${row.deviceId}:${row.openedAt.tick}` as OperationName;
	const all = {
		status: row.status,
		urgency: row.urgency,
		'answers/familyName': 'Mustermann',
		'answers/givenNames': 'Erika',
		...fields
	};
	return {
		id: row.id,
		caseNumber: row.caseNumber,
		formId: row.formId,
		formVersion: 1,
		batchId: row.batchId,
		openedBy: ERIKA.id,
		openedAt: row.openedAt,
		fields: Object.fromEntries(
			Object.entries(all).map(([path, value]) => [path, [{ value, name, staffId: ERIKA.id, stamp: row.openedAt }]])
		),
		history: [{ name, type: 'request-opened', staffId: ERIKA.id, stamp: row.openedAt, paths: Object.keys(all) }],
		unknownOperations: row.unknownOperations
	};
}

export const aHealth = (over: Partial<Health> = {}): Health => ({
	save: 'saved',
	copies: 1,
	unsentCount: 14,
	waitingCount: 0,
	unknownCount: 0,
	setAside: [],
	persisted: true,
	usageBytes: 3_200_000,
	quotaBytes: 12_000_000_000,
	clockWarnings: 0,
	...over
});

export const aView = (over: Partial<LiveView> = {}): LiveView => ({
	rows: [
		aRow(1),
		aRow(2, { name: 'Beispiel GmbH', urgency: 'high', urgencyReason: 'Fahrzeug steht still', missingCount: 1 }),
		aRow(3, { name: 'Müller, Jürgen', status: 'query', query: 'Bitte FIN prüfen' }),
		aRow(4, { status: 'done', reference: '32-1234' }),
		aRow(5, { status: 'withdrawn' })
	],
	complete: true,
	drafts: [],
	exchanges: [
		{
			origin: 'http://localhost:4780',
			running: false,
			progress: null,
			reachable: true,
			reachableSince: at('2023-11-06T08:00:00+01:00'),
			lastSuccessAt: at('2023-11-06T09:30:00+01:00'),
			lastError: null,
			unsentCount: 14,
			log: [
				{ at: at('2023-11-06T09:30:00+01:00'), sent: 3, received: 12, refused: 0, error: null },
				{ at: at('2023-11-06T09:00:00+01:00'), sent: 0, received: 0, refused: 0, error: { type: 'unreachable' } }
			]
		}
	],
	health: aHealth(),
	staff: [ERIKA, MAX],
	devices: [
		{
			deviceId: OWN_DEVICE,
			counter: 'Schalter 3',
			site: 'Rathaus I',
			deviceCode: '7KXM',
			joinedAt: stampAt(at('2023-10-30T07:40:00+01:00')),
			own: true,
			revoked: false,
			sequence: 42,
			gaps: [],
			lastSeenAt: NOW
		},
		{
			deviceId: OTHER_DEVICE,
			counter: 'Schalter 4',
			site: 'Rathaus I',
			deviceCode: '9PQR',
			joinedAt: stampAt(at('2023-10-30T08:10:00+01:00'), 1, OTHER_DEVICE),
			own: false,
			revoked: false,
			sequence: 141,
			gaps: [
				[142, 142],
				[150, 153]
			],
			lastSeenAt: at('2023-11-06T08:55:00+01:00')
		}
	],
	...over
});

export const A_SHEET: EmergencySheet = {
	commune: 'Soest, Stadt',
	groups: ['7KXM4', 'Q2W3E', 'R5T6Y', '8A9SD', 'FGH2J', 'K3MN5'],
	spaceGroups: [
		'P6RST',
		'VWX7Z',
		'01234',
		'56789',
		'ABCDE',
		'FGHJK',
		'MNPQR',
		'STVWX',
		'Z2345',
		'6789A',
		'BCDEF',
		'GHJKM'
	],
	qrText: 'NOTSCHALTER1:7KXM4-Q2W3E-R5T6Y-8A9SD-FGH2J-K3MN5',
	spaceId: hex(0xabc),
	createdAt: at('2023-10-30T07:40:00+01:00')
};

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
		addServer: done('addServer'),
		removeServer: nothing('removeServer'),
		addStaff: done('addStaff'),
		changeOwnPassword: done('changeOwnPassword'),
		resetPassword: done('resetPassword'),
		changeRole: done('changeRole'),
		removeStaff: done('removeStaff'),
		createJoinCode: async (input) => {
			calls.push(['createJoinCode', input]);
			const code = '7KXM4-Q2W3E-R5T6Y-8A9SD-FGH2J-K3MN5';
			return ok({ code, qrText: `${input.origin} ${code}`, expiresAt: (Date.now() + input.validMs) as Instant });
		},
		revokeDevice: done('revokeDevice'),
		renewEmergencySheet: async (...args) => {
			calls.push(['renewEmergencySheet', ...args]);
			return ok(A_SHEET);
		},
		exportOpenRequests: async (input) => {
			calls.push(['exportOpenRequests', input]);
			return ok(current.rows.filter((r) => r.status === 'open' || r.status === 'query').map((row) => aRequest(row)));
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

export const aLockScreenInfo = (over: Partial<LockScreenInfo> = {}): LockScreenInfo => ({
	staff: [ERIKA, MAX].map(({ id, name }) => ({ id, name })),
	lastStaffId: ERIKA.id,
	workplace: WORKPLACE,
	savedCount: 1_234,
	unsentCount: 14,
	staffListAsOf: at('2023-11-12T14:03:00+01:00'),
	waitUntil: null,
	...over
});

export interface FakeSession extends Session {
	readonly calls: readonly (readonly [act: string, ...args: readonly unknown[]])[];
	show(state: SessionState): void;
}

/** Password `richtig` unlocks, PIN 123456 opens the cover. */
export function createFakeSession(
	initial: SessionState = { type: 'unlocked', workspace: createFakeWorkspace() },
	workspace: Workspace = initial.type === 'unlocked' ? initial.workspace : createFakeWorkspace()
): FakeSession {
	let state = initial;
	let pin: string | null = null;
	let triesLeft = 5;
	const calls: [string, ...unknown[]][] = [];
	const listeners = new Set<() => void>();
	const show = (next: SessionState) => {
		state = next;
		for (const listener of listeners) listener();
	};
	return {
		calls,
		show,
		get state() {
			return state;
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		unlock: async (staffId, password) => {
			calls.push(['unlock', staffId, password]);
			if (password !== 'richtig') return err({ type: 'wrong-password', waitMs: 4_000 });
			show({ type: 'unlocked', workspace });
			return ok(undefined);
		},
		unlockWithRecoveryKey: async (code, staffId, newPassword) => {
			calls.push(['unlockWithRecoveryKey', code, staffId, newPassword]);
			if (!code.startsWith('7KXM4')) return err({ type: 'wrong-recovery-key' });
			show({ type: 'unlocked', workspace });
			return ok(undefined);
		},
		setPin: (digits) => {
			calls.push(['setPin', digits]);
			pin = digits;
			for (const listener of listeners) listener();
		},
		get hasPin() {
			return pin !== null;
		},
		openCover: (digits) => {
			calls.push(['openCover', digits]);
			if (digits === (pin ?? '123456')) {
				show({ type: 'unlocked', workspace });
				return true;
			}
			triesLeft--;
			show({ type: 'covered', staffName: ERIKA.name, triesLeft });
			return false;
		},
		lock: async () => {
			calls.push(['lock']);
			show({ type: 'locked', info: aLockScreenInfo() });
		},
		cover: () => {
			calls.push(['cover']);
			show({ type: 'covered', staffName: ERIKA.name, triesLeft });
		},
		touch: () => calls.push(['touch'])
	};
}

export interface FakeSetup extends DeviceSetup {
	readonly calls: readonly (readonly [act: string, ...args: readonly unknown[]])[];
}

/** Join code 7KXM4-… is known; any other is wrong. */
export function createFakeSetup(over: Partial<DeviceSetup> = {}): FakeSetup {
	const calls: [string, ...unknown[]][] = [];
	let test: 'not-begun' | 'waiting-for-restart' = 'not-begun';
	return {
		calls,
		prepareFounding: async (input) => {
			calls.push(['prepareFounding', input]);
			return ok({
				sheet: { ...A_SHEET, commune: input.commune },
				complete: async () => {
					calls.push(['completeFounding']);
					return ok({ server: null });
				}
			});
		},
		prepareJoining: async (origin, code) => {
			calls.push(['prepareJoining', origin, code]);
			if (
				!code
					.replace(/[^0-9A-Z]/gi, '')
					.toUpperCase()
					.startsWith('7KXM4')
			)
				return err({ type: 'wrong-code' });
			return ok({
				commune: WORKPLACE.commune,
				placeCode: WORKPLACE.placeCode,
				staff: [ERIKA, MAX].map(({ id, name }) => ({ id, name })),
				complete: async (input) => {
					calls.push(['completeJoining', input]);
					return input.password === 'richtig' ? ok(undefined) : err({ type: 'wrong-password', waitMs: 0 });
				}
			});
		},
		restartTest: async () => test,
		beginRestartTest: async () => {
			calls.push(['beginRestartTest']);
			test = 'waiting-for-restart';
		},
		...over
	};
}
