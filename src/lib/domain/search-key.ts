/** The search form of names by DIN 91379: Müller, Mueller and MÜLLER are one, and so are Łukasz and Lukasz. */

/** Letters that Unicode does not take apart into a basic letter and marks (DIN 91379:2022-08, list of search forms). */
const LETTERS: { readonly [letter: string]: string } = {
	Æ: 'AE',
	Ð: 'D',
	Ø: 'OE',
	Þ: 'TH',
	ẞ: 'SS',
	Đ: 'D',
	Ħ: 'H',
	ĸ: 'K',
	Ĳ: 'IJ',
	Ŀ: 'L',
	Ł: 'L',
	ŉ: 'N',
	Ŋ: 'N',
	Œ: 'OE',
	Ŧ: 'T',
	Ƈ: 'C',
	Ə: 'E',
	Ɨ: 'I',
	Ʒ: 'Z',
	Ǥ: 'G'
};
const UMLAUTS: { readonly [letter: string]: string } = { A: 'AE', O: 'OE', U: 'UE' };
const DIAERESIS = '\u0308';
const RING = '\u030A';
/** A basic character and the marks upon it. */
const CLUSTER = /(\P{M})(\p{M}*)/gu;

/**
 * Capitals A–Z for every Latin letter: ä ö ü → AE OE UE, ß → SS, å → AA, æ œ ø → AE OE OE, þ → TH; other marks fall away.
 * Digits, blanks and punctuation stay as they are; runs of white space become one blank, none at the ends.
 */
export const searchForm = (text: string): string =>
	text
		.normalize('NFC')
		.replaceAll('ß', 'ẞ')
		.replaceAll('ŉ', 'N')
		.toUpperCase()
		.normalize('NFD')
		.replace(CLUSTER, (_, letter: string, marks: string) => basicLetters(letter, marks))
		.replace(/\s+/g, ' ')
		.trim();

function basicLetters(letter: string, marks: string): string {
	if (marks.includes(DIAERESIS)) return UMLAUTS[letter] ?? LETTERS[letter] ?? letter;
	if (marks.includes(RING) && letter === 'A') return 'AA';
	return LETTERS[letter] ?? letter;
}
