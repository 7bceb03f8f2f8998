/** Unterscheidungszeichen of number plates and the places they stand for. */
import { PLACES_BY_CODE } from './plate-code-list';

const placeByCode: ReadonlyMap<string, string> = new Map(
	PLACES_BY_CODE.split(';').map((entry) => {
		const [code = '', ...place] = entry.trim().split(/\s/);
		return [code, place.join(' ')] as const;
	})
);

/** Abolished codes of South Westphalia: not given out again, but old vehicles still carry them (§ 9 Abs. 3 Satz 6 FZV). */
const LEGACY: ReadonlyMap<string, string> = new Map([
	['LÜD', 'Lüdenscheid'],
	['AR', 'Arnsberg'],
	['BRI', 'Brilon'],
	['MES', 'Meschede']
]);

/** Codes of § 9 Abs. 1 Satz 6 and Anlage 2 FZV whose vehicles carry digits only. */
const AUTHORITY_CODES: ReadonlySet<string> = new Set(
	'0 BD BG BP BW THW Y X B BBL BWL BYL HB HEL HH LSA LSN MVL NL NRW RPL SAL SH THL'.split(' ')
);
/** Of these, the ones that are a town's code too, with letters in the number. */
const ALSO_A_TOWN: ReadonlySet<string> = new Set(['B', 'HB', 'HH']);

export const plateCodePlace = (code: string): string | null => placeByCode.get(code) ?? null;
export const legacyPlateCodePlace = (code: string): string | null => LEGACY.get(code) ?? null;
export const isAuthorityCode = (code: string): boolean => AUTHORITY_CODES.has(code);
/** True when a plate of this code never has letters in its number, as `BP 15-123`. */
export const isAuthorityOnlyCode = (code: string): boolean => AUTHORITY_CODES.has(code) && !ALSO_A_TOWN.has(code);
export const plateCodes = (): readonly string[] => [...placeByCode.keys()];
