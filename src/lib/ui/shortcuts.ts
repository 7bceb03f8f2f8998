/** Keys that work on every page. Single letters only while nobody types in a field, and only where they are switched on. */

export type Shortcut = 'new-request' | 'appointments' | 'search' | 'help' | 'lock';

const BY_LETTER: { readonly [key: string]: Shortcut } = {
	n: 'new-request',
	t: 'appointments',
	'/': 'search',
	'?': 'help'
};
const WITH_CONTROL: { readonly [key: string]: Shortcut } = { k: 'search', l: 'lock' };

/** What a key press asks for; null when it is not ours. */
export function shortcutOf(event: KeyboardEvent, singleKeys: boolean): Shortcut | null {
	if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return null;
	const key = event.key.toLowerCase();
	if (event.ctrlKey || event.metaKey) return event.shiftKey ? null : (WITH_CONTROL[key] ?? null);
	if (!singleKeys || isTyping(event.target)) return null;
	return BY_LETTER[key] ?? null;
}

const NOT_TYPED = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'range', 'color', 'file', 'image']);

/** True where letters go into a field. */
export function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
		return true;
	return target instanceof HTMLInputElement && !NOT_TYPED.has(target.type);
}
