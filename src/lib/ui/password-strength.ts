/** How strong a password is, and a proposal: four words that nobody else has. Judged on the device, never sent anywhere. */
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { PHRASE_WORDS } from './phrase-words';

export const MIN_LENGTH = 12;
export const PHRASE_LENGTH = 4;
/** Of 0 to 4: what takes some years to guess even with the device in hand, since each guess costs an Argon2id. */
const MIN_LEVEL = 3;

export interface PasswordVerdict {
	/** 0 = guessed at once, 4 = very strong. */
	readonly level: 0 | 1 | 2 | 3 | 4;
	/** Twelve characters or a phrase of four words. */
	readonly longEnough: boolean;
	readonly strong: boolean;
}

/** Twelve characters, or four words. */
export const isLongEnough = (password: string): boolean =>
	[...password].length >= MIN_LENGTH || (password.match(/\p{L}{2,}/gu) ?? []).length >= PHRASE_LENGTH;

/**
 * Judges a password; the dictionaries are fetched with the first call.
 *
 * @param personal words that an attacker would try first: name, office, counter
 */
export async function judgePassword(password: string, personal: readonly string[] = []): Promise<PasswordVerdict> {
	judge ??= createJudge();
	const { score: level } = (await judge).check(password, personal.flatMap(wordsOf));
	const longEnough = isLongEnough(password);
	return { level, longEnough, strong: longEnough && level >= MIN_LEVEL };
}

let judge: Promise<ZxcvbnFactory> | null = null;

async function createJudge(): Promise<ZxcvbnFactory> {
	const [{ ZxcvbnFactory }, common, german] = await Promise.all([
		import('@zxcvbn-ts/core'),
		import('@zxcvbn-ts/language-common'),
		import('@zxcvbn-ts/language-de')
	]);
	return new ZxcvbnFactory({
		dictionary: { ...common.dictionary, ...german.dictionary },
		graphs: common.adjacencyGraphs,
		maxLength: 128
	});
}

const wordsOf = (text: string): string[] => [text, ...text.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length > 2);

/** Four different words, e.g. `anker-wolke-tisch-biber`: about 42 bits, each of the four drawn evenly. */
export function proposePhrase(randomBelow: (limit: number) => number = cryptoRandomBelow): string {
	const words = new Set<string>();
	while (words.size < PHRASE_LENGTH) words.add(PHRASE_WORDS[randomBelow(PHRASE_WORDS.length)] ?? '');
	return [...words].join('-');
}

/** Evenly: values from the incomplete last round are drawn again. */
function cryptoRandomBelow(limit: number): number {
	const rounds = Math.floor(2 ** 32 / limit) * limit;
	const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
	return drawn < rounds ? drawn % limit : cryptoRandomBelow(limit);
}
