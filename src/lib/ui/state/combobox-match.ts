/** Which options of a combobox fit what was typed: by the beginnings of words first, then by any part; accents do not count. */

export interface ComboboxOption {
	readonly value: string;
	readonly label: string;
	/** Shown small behind the label. */
	readonly detail?: string;
	/** Further words that find it. */
	readonly keywords?: readonly string[];
}

/** Lower case without accents; ß as ss, ä as a and also found by `ae`. */
const plain = (text: string): string =>
	text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '');
const spelledOut = (text: string): string =>
	text.toLowerCase().replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] ?? letter);

const RANKS = { label: 0, word: 1, part: 2 } as const;

function rankOf(option: ComboboxOption, words: readonly string[]): number | null {
	const texts = [option.label, option.detail ?? '', ...(option.keywords ?? [])].flatMap((text) => [
		plain(text),
		spelledOut(text)
	]);
	if ([plain(option.label), spelledOut(option.label)].some((label) => label.startsWith(words.join(' '))))
		return RANKS.label;
	const beginnings = texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
	if (words.every((word) => beginnings.some((beginning) => beginning.startsWith(word)))) return RANKS.word;
	return words.every((word) => texts.some((text) => text.includes(word))) ? RANKS.part : null;
}

/** The fitting options, best first; all of them for an empty text. Options of the same rank keep their order. */
export function matchOptions(options: readonly ComboboxOption[], typed: string): readonly ComboboxOption[] {
	const words = plain(typed)
		.split(/\s+/)
		.filter((word) => word !== '');
	if (words.length === 0) return options;
	return options
		.flatMap((option) => {
			const rank = rankOf(option, words);
			return rank === null ? [] : [{ option, rank }];
		})
		.toSorted((a, b) => a.rank - b.rank)
		.map(({ option }) => option);
}
