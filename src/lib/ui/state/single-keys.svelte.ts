/** Whether single letters are keys: a setting of this device, since speech input or a scanner may press them unasked (WCAG 2.1.4). */

const ITEM = 'notschalter.single-keys';

class SingleKeys {
	#on = $state(localStorage.getItem(ITEM) !== 'off');

	get on(): boolean {
		return this.#on;
	}
	set on(value: boolean) {
		this.#on = value;
		localStorage.setItem(ITEM, value ? 'on' : 'off');
	}
}

let setting: SingleKeys | null = null;

/** Read when first asked for: while the shell is made ready on the server there is no such storage. */
export const singleKeys = (): SingleKeys => (setting ??= new SingleKeys());
