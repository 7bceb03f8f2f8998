/** One text for one JSON value, whatever the order of its keys: to compare values and states. */
import type { JsonValue } from './operation';

/** JSON without blanks, keys of objects in ascending order. */
export function canonicalJson(value: JsonValue): string {
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
	const members = Object.entries(value)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
	return `{${members.join(',')}}`;
}

export const sameValue = (a: JsonValue, b: JsonValue): boolean => a === b || canonicalJson(a) === canonicalJson(b);

/** `Array.isArray` does not narrow readonly arrays. */
export const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
