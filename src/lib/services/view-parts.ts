/** Parts of the live view that are made of keyring and log facts. */
import type { KeyringState } from '$lib/crypto/keyring';
import { NO_SETTINGS } from '$lib/domain/office-settings';
import { gaps } from '$lib/domain/ranges';
import type { StaffMember, Workplace } from '$lib/domain/workplace';
import type { LogFacts } from './log-keeper';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import type { DeviceInfo, FormerIdentityInfo, Health, LiveView } from './workspace';

export const emptyView = (health: Health): LiveView => ({
	rows: [],
	appointments: [],
	settings: NO_SETTINGS,
	complete: false,
	drafts: [],
	exchanges: [],
	health,
	staff: [],
	devices: [],
	formerIdentities: []
});

export const staffList = (keyring: KeyringState): StaffMember[] =>
	[...keyring.people.values()]
		.map(({ staffId, name, role, mustChangePassword, removed }) => ({
			id: staffId,
			name,
			role,
			mustChangePassword,
			removed
		}))
		.sort((a, b) => a.name.localeCompare(b.name, 'de'));

/** Every device that has written anything or joined; this one first. */
export function deviceList(
	facts: LogFacts,
	keyring: KeyringState,
	own: Workplace,
	formers: readonly FormerIdentityInfo[] = []
): DeviceInfo[] {
	const known = new Map(facts.devices.map((device) => [device.deviceId, device]));
	const formerIds = new Set(formers.map(({ deviceId }) => deviceId));
	const ids = new Set([own.deviceId, ...known.keys(), ...facts.heads.keys()]);
	const devices = [...ids].map((deviceId): DeviceInfo => {
		const device = known.get(deviceId);
		const head = facts.heads.get(deviceId);
		const isOwn = deviceId === own.deviceId;
		return {
			deviceId,
			counter: device?.counter ?? (isOwn ? own.counter : ''),
			site: device?.site ?? (isOwn ? own.site : ''),
			deviceCode: device?.deviceCode ?? (isOwn ? own.deviceCode : ''),
			joinedAt: device?.joinedAt ?? null,
			own: isOwn,
			former: formerIds.has(deviceId),
			sharesName: false,
			revoked: keyring.revokedDevices.has(deviceId),
			sequence: head?.sequence ?? 0,
			gaps: head ? gaps([...(head.sequence > 0 ? [[1, head.sequence] as const] : []), ...head.beyond]) : [],
			lastSeenAt: facts.lastRecordedAt.get(deviceId) ?? null
		};
	});
	return devices
		.map((device) => ({
			...device,
			sharesName: isInUse(device) && devices.some((other) => haveOneName(device, other))
		}))
		.sort((a, b) => Number(b.own) - Number(a.own) || a.counter.localeCompare(b.counter, 'de', { numeric: true }));
}

const isInUse = ({ revoked, former }: DeviceInfo): boolean => !revoked && !former;
const haveOneName = (a: DeviceInfo, b: DeviceInfo): boolean =>
	a.deviceId !== b.deviceId && isInUse(b) && a.counter === b.counter && a.site === b.site && a.counter !== '';

/** Newest first. */
export const formerIdentities = ({ former = [] }: DeviceIdentity): FormerIdentityInfo[] =>
	former
		.map(({ deviceId, counter, deviceCode, endedAt, reason, recordedAgain, isNoticed }) => ({
			deviceId,
			counter,
			deviceCode,
			endedAt,
			reason,
			recordedAgain,
			isNoticed
		}))
		.reverse();

/** Before anything is known: no claim of being saved is made of it, since nothing is written yet. */
export const startingHealth = (): Health => ({
	save: 'saved',
	copies: 1,
	unsentCount: 0,
	heldBackCount: 0,
	waitingCount: 0,
	unknownCount: 0,
	setAside: [],
	persisted: null,
	usageBytes: null,
	quotaBytes: null,
	clockWarnings: 0
});
