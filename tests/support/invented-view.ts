/** An invented day at an invented counter: rows, devices, staff, a Notfallblatt. */
import type { DeviceId, OperationName, RequestId, StaffId } from '$lib/domain/ids';
import { NO_SETTINGS } from '$lib/domain/office-settings';
import type { RequestRow, RequestView } from '$lib/domain/request';
import type { Stamp } from '$lib/domain/stamp';
import type { Instant } from '$lib/domain/time';
import type { StaffMember, Workplace } from '$lib/domain/workplace';
import type { EmergencySheet, Health, LiveView } from '$lib/services/workspace';

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
	copies: 2,
	unsentCount: 14,
	heldBackCount: 0,
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
	appointments: [],
	settings: NO_SETTINGS,
	complete: true,
	drafts: [],
	exchanges: [
		{
			origin: 'http://localhost:4780',
			paused: false,
			running: false,
			progress: null,
			reachable: true,
			retryAt: null,
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
	formerIdentities: [],
	devices: [
		{
			deviceId: OWN_DEVICE,
			counter: 'Schalter 3',
			site: 'Rathaus I',
			deviceCode: '7KXM',
			joinedAt: stampAt(at('2023-10-30T07:40:00+01:00')),
			own: true,
			former: false,
			sharesName: false,
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
			former: false,
			sharesName: false,
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
