/** Fields of JSON that nobody has checked: what is not there, or is something else, is empty. */

export function fieldOf(value: unknown, ...path: readonly (string | number)[]): unknown {
	let found = value;
	for (const step of path) {
		if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
		found = (found as Record<string | number, unknown>)[step];
	}
	return found;
}

/** Numbers become texts: PHP writes ids now so, now so. */
export const textOf = (value: unknown): string =>
	typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

export const firstText = (...values: readonly unknown[]): string =>
	values.map(textOf).find((text) => text !== '') ?? '';

export const listOf = (value: unknown): readonly unknown[] =>
	Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : [];

/** 12, "12"; null: no whole number. */
export function wholeNumberOf(value: unknown): number | null {
	const text = textOf(value);
	return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** true, 1, "1". */
export const isTrue = (value: unknown): boolean => value === true || ['1', 'true'].includes(textOf(value));
