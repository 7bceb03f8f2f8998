/** Settings of the office that every counter shares: columns of tables that were read in, and how many can be served at a time. */
import type { ColumnMapping, ImportProfile } from './appointment-import';
import { crc32 } from './crc32';
import { checked, decideChange, type Decision, type Refusal } from './decision';
import type { SubjectId } from './ids';
import type { JsonValue } from './operation';
import { changeOf, currentValue, type Fields } from './request-view';
import type { Result } from './result';

/** All settings are fields of one subject, the same in every space: it is sealed with everything else. */
export const SETTINGS = '00000000000000000000000000000001' as SubjectId;

/** So many at the same time, in slots of so many minutes. */
export interface Capacity {
	readonly perSlot: number;
	readonly slotMinutes: number;
}
export interface OfficeSettings {
	readonly profiles: readonly ImportProfile[];
	/** Null: nobody has said, and nothing is checked. */
	readonly capacity: Capacity | null;
	/** Origins of servers that a lead has laid the space onto: each counter is told of them, none uses one unasked. */
	readonly servers: readonly string[];
}
export const NO_SETTINGS: OfficeSettings = { profiles: [], capacity: null, servers: [] };

interface SettingsView {
	readonly id: SubjectId;
	readonly fields: Fields;
}

/** Two headers, or two origins, with one checksum share a field; which of them it is for stands in it. */
const pathOf = (group: 'profiles' | 'servers', text: string): string =>
	`${group}/${crc32(new TextEncoder().encode(text)).toString(16).padStart(8, '0')}`;

export const decideProfile = ({ fields }: SettingsView, profile: ImportProfile): Result<Decision, Refusal> => {
	const value: JsonValue = JSON.parse(JSON.stringify(profile));
	return checked({
		type: 'import-profile-saved',
		subjectId: SETTINGS,
		body: {
			changes: { [pathOf('profiles', profile.header)]: replacing(fields, pathOf('profiles', profile.header), value) }
		}
	});
};

const replacing = (fields: Fields, path: string, value: JsonValue) => {
	const { replaces } = changeOf({ fields }, path, value);
	return { value, replaces };
};

/** Null: it is told already. What one counter removes is offered to no other any more; who uses it goes on. */
export function decideServer(view: SettingsView, origin: string, named: boolean): Result<Decision, Refusal> | null {
	const path = pathOf('servers', origin);
	const value = named ? origin : null;
	if ((currentValue(view, path) ?? null) === value) return null;
	return decideChange(view, 'server-named', [changeOf(view, path, value)]);
}

export const decideCapacity = (view: SettingsView, capacity: Capacity): Result<Decision, Refusal> =>
	decideChange(view, 'capacity-set', [changeOf(view, 'capacity', { ...capacity })]);

export function settingsOf(fields: Fields): OfficeSettings {
	const profiles = Object.keys(fields)
		.filter((path) => path.startsWith('profiles/'))
		.flatMap((path) => profileOf(currentValue({ fields }, path)) ?? []);
	const servers = Object.keys(fields)
		.filter((path) => path.startsWith('servers/'))
		.flatMap((path) => serverOf(currentValue({ fields }, path)) ?? []);
	return { profiles, capacity: capacityOf(currentValue({ fields }, 'capacity')), servers };
}

/** An origin as a browser writes it; anything else is none. */
const serverOf = (value: JsonValue | undefined): string | null =>
	typeof value === 'string' && /^https?:\/\/[^/?#@\s]+$/.test(value) ? value : null;

function profileOf(value: JsonValue | undefined): ImportProfile | null {
	if (!isRecord(value) || typeof value.header !== 'string' || typeof value.name !== 'string') return null;
	const mapping = mappingOf(value.mapping);
	return mapping && { header: value.header, name: value.name, mapping };
}

const SINGLE = [
	'time',
	'endDate',
	'endTime',
	'minutes',
	'phone',
	'email',
	'service',
	'number',
	'place',
	'uid',
	'status'
];

/** A mapping as another version may have written it: column numbers, and nothing else. */
function mappingOf(value: JsonValue | undefined): ColumnMapping | null {
	if (!isRecord(value)) return null;
	const columns = (input: JsonValue | undefined): number[] => (Array.isArray(input) ? input.filter(isColumn) : []);
	const single = SINGLE.map((key) => [key, isColumn(value[key]) ? value[key] : null]);
	return {
		...Object.fromEntries(single),
		date: isColumn(value.date) ? value.date : null,
		name: columns(value.name),
		note: columns(value.note)
	};
}

const isColumn = (input: unknown): input is number => Number.isSafeInteger(input) && Number(input) >= 0;

function capacityOf(value: JsonValue | undefined): Capacity | null {
	if (!isRecord(value)) return null;
	const { perSlot, slotMinutes } = value;
	const isCount = (input: unknown): input is number => Number.isSafeInteger(input) && Number(input) > 0;
	return isCount(perSlot) && isCount(slotMinutes) ? { perSlot, slotMinutes } : null;
}

const isRecord = (input: unknown): input is { readonly [key: string]: JsonValue } =>
	typeof input === 'object' && input !== null && !Array.isArray(input);
