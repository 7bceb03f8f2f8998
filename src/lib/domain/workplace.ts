/** Site, Counter (Schalter), StaffMember, and what each role may do. */
import type { DeviceId, StaffId } from './ids';

/** clerk = Schalterkraft, lead = Leitung, processing = Sachbearbeitung, admin = Administration, feed = Einlesedienst (no person). */
export type Role = 'clerk' | 'lead' | 'processing' | 'admin' | 'feed';
export const ROLES: readonly Role[] = ['clerk', 'lead', 'processing', 'admin', 'feed'];
/** Between these a person may be moved; the Einlesedienst is one for as long as it is there. */
export const ROLES_OF_PEOPLE: readonly Role[] = ROLES.filter((role) => role !== 'feed');

export interface StaffMember {
	readonly id: StaffId;
	readonly name: string;
	readonly role: Role;
	/** The first password was set by somebody else and must be changed at the first unlock. */
	readonly mustChangePassword: boolean;
	readonly removed: boolean;
}

/** May it name a person or an office? No control character, and no half of one: in UTF-8 it would become another. */
export const isPlainName = (name: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(name);

export interface Workplace {
	readonly deviceId: DeviceId;
	/** Commune or Kreis, e.g. „Soest, Stadt“. */
	readonly commune: string;
	readonly site: string;
	readonly counter: string;
	/** Plate code of the place, first part of case numbers. */
	readonly placeCode: string;
	/** Four characters of this device in case numbers. */
	readonly deviceCode: string;
}

export type Act = 'take-requests' | 'reenter' | 'manage-staff' | 'manage-devices' | 'export' | 'settle-conflicts';

const ACTS: { readonly [R in Role]: readonly Act[] } = {
	clerk: ['take-requests', 'settle-conflicts', 'reenter'],
	processing: ['take-requests', 'settle-conflicts', 'reenter'],
	lead: ['take-requests', 'settle-conflicts', 'reenter', 'manage-staff', 'manage-devices', 'export'],
	admin: ['take-requests', 'settle-conflicts', 'reenter', 'manage-staff', 'manage-devices', 'export'],
	feed: []
};

export const mayDo = (role: Role, act: Act): boolean => ACTS[role].includes(act);
