/** Kennzeichen of all kinds of FZV (2023), with the codes of the districts: typed text → one normalised plate. */
import { isAuthorityCode, legacyPlateCodePlace, plateCodePlace } from '../places/plate-codes';
import { failed, passed, tidy, type Checked, type Finding } from './finding';
import { readPlateNumber, type PlateKind, type PlateNumber } from './plate-number';

/** Anlage 4 FZV: signs on a plate. */
const MAX_PLACES = 8;
/** Letters that are not given out (§ 9 Abs. 1 Satz 3 FZV); old plates may carry them. */
const BARRED_LETTERS = ['HJ', 'KZ', 'NS', 'SA', 'SS'];

interface Plate extends PlateNumber {
	readonly code: string;
}
interface Typed {
	/** Groups that were typed apart. */
	readonly groups: readonly string[];
	/** `04/10`, or ''. */
	readonly season: string;
}

/**
 * Error: what no plate can be (too many signs, leading nought, digits only without 03–07 …).
 * Hint: a code that is abolished or unknown (old vehicles keep theirs, and the list ends in July 2023), letters that are
 * not given out, and a plate typed without separators that can be read in several ways; these are proposed.
 * A separator shows where the code ends: „WEST 123“ is wrong, „WEST123“ is asked back.
 */
export function checkPlate(input: string): Checked {
	const text = upperCase(tidy(input.replace(/[-‐‑‒–—−·•.]/g, ' ')));
	if (text === '') return passed('');
	const typed = readSeason(text);
	if (typed.groups.some((group) => !/^[A-ZÄÖÜ0-9]+$/.test(group))) return failed(text, { rule: 'plate-characters' });
	const [first = ''] = typed.groups;
	const parted = typed.groups.length > 1 && (first === '0' || /^[A-ZÄÖÜ]+$/.test(first));
	return parted ? checkParted(text, typed) : checkGlued(text, typed);
}

/** Kind of a plate that passes, for papers and wording; null when it cannot be told. */
export function plateKind(value: string): PlateKind | null {
	const { groups } = readSeason(upperCase(tidy(value.replace(/-/g, ' '))));
	const reading = readPlateNumber(groups[0] ?? '', groups.slice(1));
	return reading.ok ? reading.value.kind : null;
}

/** ß stays: it would become SS and then be taken for letters. */
const upperCase = (text: string): string => text.replace(/[a-zäöü]/g, (letter) => letter.toUpperCase());

function readSeason(text: string): Typed {
	const match = /^(.*?)[ (]*([0-9]{1,2}) ?\/ ?([0-9]{1,2})\)?$/.exec(text);
	const [, body = text, from = '', to = ''] = match ?? [];
	const season = match === null ? '' : `${from.padStart(2, '0')}/${to.padStart(2, '0')}`;
	return { groups: body.split(' ').filter((group) => group !== ''), season };
}

function checkParted(text: string, typed: Typed): Checked {
	const [first = '', ...rest] = typed.groups;
	const spelt = codeFromSpelling(first);
	const code = first.length > 3 && spelt !== null ? spelt : first;
	if (code.length > 3) return failed(text, withProposals('plate-separator', typed));
	const reading = readPlateNumber(code, rest);
	if (!reading.ok) return failed(text, withProposals(reading.error, typed));
	const checked = checkWhole({ ...reading.value, code }, typed.season);
	if (code === first || checked.errors.length > 0) return checked;
	return { ...checked, hints: [{ rule: 'plate-umlaut-read', details: { code } }, ...checked.hints] };
}

function checkGlued(text: string, typed: Typed): Checked {
	const readings = gluedReadings(typed);
	const [only] = readings;
	if (only !== undefined && readings.length === 1) return checkWhole(only, typed.season);
	if (readings.length > 1) {
		return passed(text, {
			rule: 'plate-ambiguous',
			proposals: readings.map((plate) => plateText(plate, typed.season))
		});
	}
	const [, code = '', number = ''] = /^([A-ZÄÖÜ]{1,3})([0-9].*)$/.exec(typed.groups.join('')) ?? [];
	const reading = code === '' ? null : readPlateNumber(code, [number]);
	if (reading?.ok) return checkWhole({ ...reading.value, code }, typed.season);
	return failed(text, { rule: reading === null ? 'plate-separator' : reading.error });
}

/** All ways to part the letters so that the code is in use and the rest is a number. */
function gluedReadings({ groups, season }: Typed): readonly Plate[] {
	const whole = groups.join('');
	const letters = /^[A-ZÄÖÜ]*/.exec(whole)?.[0] ?? '';
	return [1, 2, 3]
		.filter((length) => length <= letters.length && isKnownCode(whole.slice(0, length)))
		.flatMap((length) => {
			const code = whole.slice(0, length);
			const reading = readPlateNumber(code, [whole.slice(length)]);
			return reading.ok ? [{ ...reading.value, code }] : [];
		})
		.filter((plate) => checkWhole(plate, season).errors.length === 0);
}

const isKnownCode = (code: string): boolean => plateCodePlace(code) !== null || legacyPlateCodePlace(code) !== null;

const withProposals = (rule: Finding['rule'], typed: Typed): Finding => {
	const proposals = gluedReadings(typed).map((plate) => plateText(plate, typed.season));
	return proposals.length === 0 ? { rule } : { rule, proposals };
};

const plateText = (plate: Plate, season: string): string =>
	`${plate.code}${plate.text}${season === '' ? '' : ` ${season}`}`;

function checkWhole(plate: Plate, season: string): Checked {
	const value = plateText(plate, season);
	const errors = [...seasonErrors(plate, season), ...lengthErrors(plate, season)];
	return errors.length > 0 ? failed(value, ...errors) : passed(value, ...plateHints(plate, season));
}

/** § 10 Abs. 3 FZV: two to eleven whole months; only on standard plates, with E or H too. */
function seasonErrors({ kind }: Plate, season: string): readonly Finding[] {
	if (season === '') return [];
	if (!['standard', 'electric', 'oldtimer'].includes(kind)) return [{ rule: 'plate-season-kind' }];
	const [from = 0, to = 0] = season.split('/').map(Number);
	const inYear = [from, to].every((month) => month >= 1 && month <= 12);
	const months = ((to - from + 12) % 12) + 1;
	return inYear && months >= 2 && months <= 11 ? [] : [{ rule: 'plate-season' }];
}

/** One sign less for E or H, one less for a season. */
function lengthErrors({ kind, places }: Plate, season: string): readonly Finding[] {
	const suffixes = (kind === 'electric' || kind === 'oldtimer' ? 1 : 0) + (season === '' ? 0 : 1);
	const max = MAX_PLACES - suffixes;
	return places <= max ? [] : [{ rule: 'plate-too-long', details: { count: String(places), max: String(max) } }];
}

function plateHints(plate: Plate, season: string): readonly Finding[] {
	const barred = BARRED_LETTERS.includes(plate.letters)
		? [{ rule: 'plate-letters-barred', details: { letters: plate.letters } } as const]
		: [];
	return [...codeHints(plate, season), ...barred];
}

function codeHints(plate: Plate, season: string): readonly Finding[] {
	const { code } = plate;
	if (plate.kind === 'authority') return isAuthorityCode(code) ? [] : [{ rule: 'plate-authority-read' }];
	if (plateCodePlace(code) !== null) return [];
	const place = legacyPlateCodePlace(code);
	if (place !== null) return [{ rule: 'plate-code-legacy', details: { code, place } }];
	const meant = codeFromSpelling(code);
	if (meant === null) return [{ rule: 'plate-code-unknown', details: { code } }];
	const proposals = [plateText({ ...plate, code: meant }, season)];
	return [{ rule: 'plate-code-umlaut', details: { code, meant }, proposals }];
}

/** `LUEN` or `LUN` → `LÜN`: the code with an umlaut that was meant, if exactly one is in use. */
function codeFromSpelling(code: string): string | null {
	const spelt = code.replace(/AE/, 'Ä').replace(/OE/, 'Ö').replace(/UE/, 'Ü');
	if (spelt !== code && isKnownCode(spelt)) return spelt;
	const dotted = [...code].flatMap((letter, at) => {
		const umlaut = { A: 'Ä', O: 'Ö', U: 'Ü' }[letter];
		const candidate = umlaut === undefined ? '' : code.slice(0, at) + umlaut + code.slice(at + 1);
		return isKnownCode(candidate) ? [candidate] : [];
	});
	return dotted.length === 1 ? (dotted[0] ?? null) : null;
}
