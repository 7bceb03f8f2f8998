/** Finds the field the keyboard goes to next: the next required one that is still empty, else the next one at all. */

const FIELDS =
	'input:not([type=hidden]):not([disabled]):not([readonly]), select:not([disabled]), textarea:not([disabled])';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Moves the focus on from `from`; with nothing left to fill in, to the element with the id `lastId`. */
export function walkOn(root: HTMLElement, from: Element, lastId: string): void {
	const fields = stopsOf(root);
	const after = fields.filter((field) => isBehind(field, from));
	const before = fields.filter((field) => !isBehind(field, from) && field !== from);
	const target = after.find(isOpen) ?? before.find(isOpen);
	if (target) target.focus();
	else document.getElementById(lastId)?.focus();
}

/** Puts the focus into the first field that is still to be filled in. */
export function walkIn(root: HTMLElement): void {
	const fields = stopsOf(root);
	(fields.find(isOpen) ?? fields.find((field) => field.type !== 'radio'))?.focus();
}

/** A radio group is one stop: its chosen button, else its first. */
function stopsOf(root: HTMLElement): Field[] {
	const fields = [...root.querySelectorAll<Field>(FIELDS)].filter((field) => field.checkVisibility());
	return fields.filter((field) => {
		if (field.type !== 'radio') return true;
		const group = fields.filter((other) => other.name === field.name) as HTMLInputElement[];
		return field === (group.find((radio) => radio.checked) ?? group[0]);
	});
}

function isOpen(field: Field): boolean {
	if (field.type === 'radio') {
		return (
			field.closest('[role=radiogroup]')?.getAttribute('aria-required') === 'true' &&
			!(field as HTMLInputElement).checked
		);
	}
	return field.getAttribute('aria-required') === 'true' && field.value === '';
}

const isBehind = (field: Element, from: Element): boolean =>
	(from.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
