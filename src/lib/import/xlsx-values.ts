/** Cells of a workbook become the text that a person sees: dates and times, not serial numbers. */

/** What a number format makes of a number. */
export type NumberKind = 'number' | 'date' | 'span' | { readonly zeros: number };

/** Built-in formats that show a date or a time; 27–36 and 50–58 do in East Asian settings only, and elsewhere as well. */
const BUILT_IN_DATES = (id: number): boolean =>
	(id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** `code` null: a built-in format. */
export function numberKind(id: number, code: string | null): NumberKind {
	if (code === null) return id === 46 ? 'span' : BUILT_IN_DATES(id) ? 'date' : 'number';
	if (/^0{2,15}$/.test(code)) return { zeros: code.length };
	if (/\[(h+|m+|s+)\]/i.test(code)) return 'span';
	// Texts, escaped characters, fillers, colours and conditions are none of the pattern; the first section is for what is positive.
	const pattern = (code.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
	return /[dmyhs]/i.test(pattern.replace(/general|standard/gi, '')) ? 'date' : 'number';
}

const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
/** 9999-12-31. */
const LAST_SERIAL = 2_958_465;
const DAYS_1904 = 1_462;
/** Serial 60 is a 29 February 1900 that never was, kept for the sake of Lotus 1-2-3. */
const LOTUS_LEAP_DAY = 60;
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);

/**
 * `2025-11-03`, `2025-11-03T09:30:00` or, without a day, `09:30:00`; spans of time as `26:30:00`. Rounded to the second, as a
 * quarter of a day is not always a whole one.
 */
export function serialText(serial: number, kind: 'date' | 'span', is1904: boolean): string | null {
	const seconds = Math.round(serial * DAY_SECONDS);
	if (!Number.isFinite(serial) || seconds < 0 || serial > LAST_SERIAL) return null;
	if (kind === 'span') return clock(seconds);
	if (serial < 1) return clock(Math.min(seconds, DAY_SECONDS - 1));
	const ofDay = seconds % DAY_SECONDS;
	const day = (seconds - ofDay) / DAY_SECONDS + (is1904 ? DAYS_1904 : 0);
	const date = new Date(DAY_ZERO_MS + (day < LOTUS_LEAP_DAY ? day + 1 : day) * DAY_MS).toISOString().slice(0, 10);
	return ofDay === 0 ? date : `${date}T${clock(ofDay)}`;
}

const clock = (seconds: number): string =>
	[Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');

/** As the format has it; what is no number stands as it is. */
export function numberText(raw: string, kind: NumberKind, is1904: boolean): string {
	const value = raw.trim() === '' ? NaN : Number(raw);
	if (!Number.isFinite(value)) return raw.trim();
	if (kind === 'date' || kind === 'span') {
		const shown = serialText(value, kind, is1904);
		if (shown !== null) return shown;
	}
	// Fifteen digits are what Excel keeps; the sixteenth is noise of binary fractions.
	const plain = Number(value.toPrecision(15));
	const text = Number.isInteger(plain) && Math.abs(plain) < 1e21 ? BigInt(plain).toString() : String(plain);
	return typeof kind === 'object' ? text.padStart(kind.zeros, '0') : text;
}

/** `_x000D_` is how XML of Office writes what XML cannot hold. */
export const unescapeOffice = (text: string): string =>
	text.includes('_x')
		? text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
		: text;
