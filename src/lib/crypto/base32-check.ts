/** Reed–Solomon checks over GF(32): four check symbols behind at most 27 others; any four wrong symbols are found, one is located. */

/** Powers of the generator of GF(32), x⁵ + x² + 1. */
const POWERS: readonly number[] = (() => {
	const powers: number[] = [];
	for (let i = 0, value = 1; i < 31; i++) {
		powers.push(value);
		value <<= 1;
		if (value & 32) value ^= 0b100101;
	}
	return powers;
})();
const LOGARITHMS: readonly number[] = Array.from({ length: 32 }, (_, value) => POWERS.indexOf(value));

const power = (exponent: number): number => POWERS[exponent % 31] ?? 0;
const logarithm = (value: number): number => LOGARITHMS[value] ?? 0;
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : power(logarithm(a) + logarithm(b)));

const ROOTS = [0, 1, 2, 3] as const;
/** (x−α⁰)(x−α¹)(x−α²)(x−α³), highest power first; the leading 1 is left out. */
const GENERATOR: readonly number[] = ROOTS.reduce<readonly number[]>(
	(polynomial, root) =>
		[...polynomial, 0].map((coefficient, i) => coefficient ^ times(polynomial[i - 1] ?? 0, power(root))),
	[1]
).slice(1);

export type CheckResult =
	| { readonly type: 'intact' }
	/** Index of the wrong symbol, counted from the first. */
	| { readonly type: 'one-wrong'; readonly position: number }
	| { readonly type: 'several-wrong' };

/** The four symbols that make `data` ‖ checks a multiple of the generator. */
export function checkSymbols(data: readonly number[]): number[] {
	let rest = ROOTS.map(() => 0);
	for (const symbol of data) {
		const lead = symbol ^ (rest[0] ?? 0);
		rest = GENERATOR.map((coefficient, i) => (rest[i + 1] ?? 0) ^ times(lead, coefficient));
	}
	return rest;
}

/** Four syndromes: all zero when intact; a geometric series when one symbol is wrong, whose quotient names its place. */
export function locateError(symbols: readonly number[]): CheckResult {
	const syndromes = ROOTS.map((root) => symbols.reduce((value, symbol) => times(value, power(root)) ^ symbol, 0));
	if (syndromes.every((syndrome) => syndrome === 0)) return { type: 'intact' };
	if (syndromes.some((syndrome) => syndrome === 0)) return { type: 'several-wrong' };
	const [first = 0, ...others] = syndromes.map(logarithm);
	const step = ((others[0] ?? 0) - first + 31) % 31;
	const isSeries = others.every((value, i) => value === (first + step * (i + 1)) % 31);
	const position = symbols.length - 1 - step;
	return isSeries && position >= 0 ? { type: 'one-wrong', position } : { type: 'several-wrong' };
}
