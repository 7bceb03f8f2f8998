/** Cheap shape checks of rows read back: enough that a broken row is seen, not that a forged one is; seals tell that. */

export type Row = Readonly<Record<string, unknown>>;

export const isRow = (value: unknown): value is Row =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const isBytes = (value: unknown, length?: number): value is Uint8Array =>
	value instanceof Uint8Array && (length === undefined ? value.length > 0 : value.length === length);

/** A whole number from 0 on. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
export const isSequence = (value: unknown): value is number => isCount(value) && value >= 1;
export const isTime = (value: unknown): value is number => Number.isSafeInteger(value);
export const isText = (value: unknown): value is string => typeof value === 'string';

/** Ascending ranges `[from, to]` of sequence numbers. */
export const isRanges = (value: unknown): value is (readonly [number, number])[] => {
	let before = 0;
	return (
		Array.isArray(value) &&
		value.every((range: unknown) => {
			if (!Array.isArray(range) || range.length !== 2) return false;
			const [from, to]: unknown[] = range;
			const sound = isSequence(from) && isSequence(to) && from > before && to >= from;
			if (sound) before = to;
			return sound;
		})
	);
};

/** Bytes with a buffer of their own: IndexedDB clones the whole buffer behind a view, which may be a message of 4 MiB. */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
	bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength
		? (bytes as Uint8Array<ArrayBuffer>)
		: new Uint8Array(bytes);

export const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
