import { describe, expect, it } from 'vitest';
import { isLongEnough, judgePassword, PHRASE_LENGTH, proposePhrase } from '$lib/ui/password-strength';
import { PHRASE_WORDS } from '$lib/ui/phrase-words';

describe('judging', () => {
	it.each(['', 'kurz', 'Rathaus1', 'passwort', 'drei worte nu'.slice(0, 11)])('finds %j too short', (password) => {
		expect(isLongEnough(password)).toBe(false);
	});

	it.each(['xK4!pq82-vL0', 'ei du so ja'])('finds %j long enough', (password) => {
		expect(isLongEnough(password)).toBe(true);
	});

	it.each(['passwortpasswort', '123456789012', 'qwertzuiopasdf', 'aaaaaaaaaaaaaaaa'])(
		'refuses the long but well-known %j',
		async (password) => {
			expect(await judgePassword(password)).toMatchObject({ longEnough: true, strong: false });
		}
	);

	it('refuses what is made of the own name and office', async () => {
		const personal = ['Erika Mustermann', 'Bürgerbüro Lüdenscheid'];
		expect((await judgePassword('mustermannerika', personal)).strong).toBe(false);
		expect((await judgePassword('mustermannerika')).level).toBeGreaterThan(
			(await judgePassword('mustermannerika', personal)).level
		);
	});

	it('accepts four words and a long mixture', async () => {
		expect((await judgePassword('korrekt pferd batterie klammer')).strong).toBe(true);
		expect((await judgePassword('xK4!pq82-vL0')).strong).toBe(true);
	});
});

describe('a proposal', () => {
	it('has four different words of the list, and is strong', async () => {
		for (let n = 0; n < 20; n++) {
			const phrase = proposePhrase();
			const words = phrase.split('-');
			expect(new Set(words).size).toBe(PHRASE_LENGTH);
			expect(words.every((word) => PHRASE_WORDS.includes(word))).toBe(true);
			expect(await judgePassword(phrase), phrase).toMatchObject({ strong: true });
		}
	});

	it('draws again when a word comes twice', () => {
		const drawn = [0, 0, 1, 1, 2, 3];
		expect(proposePhrase(() => drawn.shift() ?? 9)).toBe(PHRASE_WORDS.slice(0, 4).join('-'));
	});

	it('comes from a list without doubles and with letters that every keyboard has', () => {
		expect(new Set(PHRASE_WORDS).size).toBe(PHRASE_WORDS.length);
		expect(PHRASE_WORDS.length).toBeGreaterThan(1_400);
		expect(PHRASE_WORDS.filter((word) => !/^[a-z]{4,9}$/.test(word))).toEqual([]);
	});
});
