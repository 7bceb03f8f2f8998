/** What every short form has: what is wrong at which field, what failed after all were right, and whether it is at work. */

export interface FieldError {
	readonly fieldId: string;
	readonly text: string;
}

export class ShortForm {
	/** For the summary on top, in the order of the fields. */
	errors = $state.raw<readonly FieldError[]>([]);
	/** In words, when all fields were right and it did not work all the same. */
	failure = $state<string | null>(null);
	busy = $state(false);
	readonly #uid: string;

	/** `uid` of the component; a field's id is `uid-field`. */
	constructor(uid: string) {
		this.#uid = uid;
	}

	/** What stands beside a field. */
	errorOf(field: string): string | null {
		return this.errors.find(({ fieldId }) => fieldId === `${this.#uid}-${field}`)?.text ?? null;
	}

	/** To be spread into a list of errors. */
	wrong(field: string, isWrong: boolean, text: string): readonly FieldError[] {
		return isWrong ? [{ fieldId: `${this.#uid}-${field}`, text }] : [];
	}

	/** Runs once at a time, and only without errors; `act` gives what failed in words, or null. */
	async submit(errors: readonly FieldError[], act: () => Promise<string | null>): Promise<void> {
		this.errors = errors;
		if (errors.length > 0 || this.busy) return;
		this.busy = true;
		this.failure = null;
		try {
			this.failure = await act();
		} finally {
			this.busy = false;
		}
	}
}

/** Where one person alone can be meant, nobody has to choose. */
export function onlyOneOf(people: readonly { readonly id: string }[]): string {
	const [only] = people;
	return people.length === 1 && only ? only.id : '';
}
