/** Moves on by itself from a field that is complete by its pattern, where the clerk has not switched that off. */
import type { FieldKind } from '$lib/domain/forms/form';

const SETTING = 'notschalter.auto-advance';

/** Length at which a value of this kind can get no longer; kinds that may end earlier are not among them. */
const COMPLETE: { readonly [K in FieldKind]?: RegExp } = {
	date: /^(\d{8}|\d{2}\.\d{2}\.\d{4})$/,
	'birth-date': /^(\d{8}|\d{2}\.\d{2}\.\d{4})$/,
	month: /^(\d{6}|\d{2}[./]\d{4})$/,
	'postal-code': /^\d{5}$/,
	vin: /^[0-9A-Za-z]{17}$/,
	hsn: /^\d{4}$/,
	evb: /^[0-9A-Za-z]{7}$/,
	iban: /^[Dd][Ee](\s*\d){20}$/,
	plate: /^[A-Za-zÄÖÜäöü]{1,3}[- ][A-Za-z]{1,2}[- ]?\d{4}$/
};

/** True when what was typed is whole by its pattern. */
export const isComplete = (kind: FieldKind, typed: string): boolean => COMPLETE[kind]?.test(typed.trim()) ?? false;

class AutoAdvance {
	#on = $state(readSetting());

	get on(): boolean {
		return this.#on;
	}
	set on(value: boolean) {
		this.#on = value;
		try {
			localStorage.setItem(SETTING, value ? 'on' : 'off');
		} catch {
			// A browser that keeps no settings still obeys for this session.
		}
	}
}

function readSetting(): boolean {
	try {
		return localStorage.getItem(SETTING) !== 'off';
	} catch {
		return true;
	}
}

export const autoAdvance = new AutoAdvance();
