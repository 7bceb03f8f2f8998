/** Shapes: small two-way codecs between values and CBOR, from which a keyring record's strict form is put together. */
import { bytesOfHex, hexOf } from '$lib/domain/ids';
import { isPlainName } from '$lib/domain/workplace';

/** `write` gives what CBOR takes; `read` throws `ShapeError` on anything but what `write` gives. */
export interface Shape<T> {
	write(value: T): unknown;
	read(value: unknown): T;
}
/** The value type of a shape. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** Never leaves the codec, which turns it into a Result. */
export class ShapeError extends Error {}
const refuse = (): never => {
	throw new ShapeError();
};

/** Text of 1 to `most` UTF-16 units, in NFC, without control characters: names are shown on every screen. */
export const text = (most: number): Shape<string> => ({
	write: (value) => (isPlainName(value) ? value : refuse()),
	read: (value) =>
		typeof value === 'string' &&
		value.length > 0 &&
		value.length <= most &&
		isPlainName(value) &&
		value.normalize('NFC') === value
			? value
			: refuse()
});

export const bytes = (least: number, most = least): Shape<Uint8Array> => ({
	write: (value) => value,
	read: (value) =>
		value instanceof Uint8Array && value.length >= least && value.length <= most ? new Uint8Array(value) : refuse()
});

/** 32 hex digits, written as 16 bytes. */
export const id = <T extends string>(): Shape<T> => ({
	write: bytesOfHex,
	read: (value) => (value instanceof Uint8Array && value.length === 16 ? (hexOf(value) as T) : refuse())
});

/** A string with a parser of its own, written as text. */
export const parsed = <T extends string>(
	parse: (input: unknown) => { ok: true; value: T } | { ok: false }
): Shape<T> => ({
	write: (value) => value,
	read: (value) => {
		const result = parse(value);
		return result.ok ? result.value : refuse();
	}
});

export const integer = (least: number, most = Number.MAX_SAFE_INTEGER): Shape<number> => ({
	write: (value) => value,
	read: (value) =>
		typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most ? value : refuse()
});

export const flag: Shape<boolean> = {
	write: (value) => value,
	read: (value) => (typeof value === 'boolean' ? value : refuse())
};

export const oneOf = <T extends string | number>(...choices: readonly T[]): Shape<T> => ({
	write: (value) => value,
	read: (value) => choices.find((choice) => choice === value) ?? refuse()
});

export const orNull = <T>(shape: Shape<T>): Shape<T | null> => ({
	write: (value) => (value === null ? null : shape.write(value)),
	read: (value) => (value === null ? null : shape.read(value))
});

export const list = <T>(shape: Shape<T>, most: number): Shape<readonly T[]> => ({
	write: (value) => value.map((item) => shape.write(item)),
	read: (value) => (Array.isArray(value) && value.length <= most ? value.map((item) => shape.read(item)) : refuse())
});

/** A map with exactly these keys. */
export const record = <T extends object>(fields: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> => {
	const names = Object.keys(fields) as (keyof T & string)[];
	return {
		write: (value) => new Map(names.map((name) => [name, fields[name].write(value[name])])),
		read: (value) => {
			if (!(value instanceof Map) || value.size !== names.length) return refuse();
			const read: Partial<T> = {};
			for (const name of names) read[name] = fields[name].read(value.get(name));
			return read as T;
		}
	};
};

/** A map whose `type` says which of the shapes it has. */
export const union = <T extends { readonly type: string }>(shapes: {
	readonly [K in T['type']]: Shape<Extract<T, { readonly type: K }>>;
}): Shape<T> => ({
	write: (value) => (shapes[value.type as T['type']] as unknown as Shape<T>).write(value),
	read: (value) => {
		const type: unknown = value instanceof Map ? value.get('type') : undefined;
		return typeof type === 'string' && Object.hasOwn(shapes, type)
			? (shapes[type as T['type']] as unknown as Shape<T>).read(value)
			: refuse();
	}
});
