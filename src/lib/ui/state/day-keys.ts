/** The keys by which the day's list is worked: one for each step of a person, and the others by name. */
import type { Step } from '$lib/domain/appointment';

export const KEY_OF: { readonly [S in Step]: string } = {
	arrive: 'E',
	call: 'A',
	serve: 'B',
	finish: 'F',
	return: 'K',
	miss: 'X',
	back: 'G'
};
const STEP_OF = new Map(Object.entries(KEY_OF).map(([kind, key]) => [key.toLowerCase(), kind as Step]));

/** `key` in small letters. */
export const stepOfKey = (key: string): Step | null => STEP_OF.get(key) ?? null;
