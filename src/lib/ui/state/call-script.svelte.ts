/** The text for calls as this counter has changed it: a text with places, and no person in it. */
import { DEFAULT_SCRIPT } from '$lib/ui/text/call-script';

const ITEM = 'notschalter.call-script';
/** More is no text to be read out. */
const MOST_CHARACTERS = 4_000;

class CallScript {
	#text = $state(readText());

	get text(): string {
		return this.#text;
	}
	/** Empty: the given text again. */
	set text(text: string) {
		this.#text = text.trim() === '' ? DEFAULT_SCRIPT : text.slice(0, MOST_CHARACTERS);
		try {
			if (this.#text === DEFAULT_SCRIPT) localStorage.removeItem(ITEM);
			else localStorage.setItem(ITEM, this.#text);
		} catch {
			// A browser that keeps no settings still obeys for this session.
		}
	}
}

function readText(): string {
	try {
		return localStorage.getItem(ITEM) || DEFAULT_SCRIPT;
	} catch {
		return DEFAULT_SCRIPT;
	}
}

export const callScript = new CallScript();
