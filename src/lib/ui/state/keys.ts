/** Whether a key pressed there belongs to the element itself, so that single keys of the page must not act on it. */

export function isInteractive(target: EventTarget | null, key: string): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.closest('dialog')) return true;
	const typed = target.closest('input, select, textarea, [contenteditable]');
	if (typed instanceof HTMLInputElement && (typed.type === 'radio' || typed.type === 'checkbox')) return key === ' ';
	if (typed) return true;
	return target.closest('a, button, summary') !== null && (key === 'Enter' || key === ' ');
}
