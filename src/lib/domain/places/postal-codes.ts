/** Postal code → place, only where our sources name the pair: the town halls of the 72 members. */
import { MEMBERS } from './members';

const placeByPostalCode: ReadonlyMap<string, string> = new Map(
	MEMBERS.flatMap(({ postalCode, name }) => (postalCode === null ? [] : [[postalCode, name] as const]))
);

/** Place of a postal code where it is certain, else null: then the place is typed. */
export const placeOfPostalCode = (postalCode: string): string | null =>
	placeByPostalCode.get(postalCode.trim()) ?? null;
