/** An invariant that does not hold ends the seed. */
export class Violation extends Error {}

export function demand(holds: boolean, what: () => string): asserts holds {
	if (!holds) throw new Violation(what());
}
