/** What is said about the two copies: what is lost comes first, and nobody is frightened without need. */
import { describe, expect, it } from 'vitest';
import type { CopiesNews } from '$lib/services/workspace';
import { missingWords, newsWords } from '$lib/ui/text/copies';

const NOTHING: CopiesNews = {
	rebuilt: false,
	restoredOperations: 0,
	restoredDrafts: 0,
	refusedOperations: 0,
	lostOperations: 0,
	unreadablePlaces: 0,
	withoutSecond: null
};

describe('the news of the copies', () => {
	it('are good when all came back', () => {
		expect(newsWords({ ...NOTHING, rebuilt: true, restoredOperations: 1 })).toEqual({
			variant: 'success',
			title: 'Daten wiederhergestellt',
			sentences: [
				'Die Datenbank dieses Geräts war leer. Sie wurde aus der zweiten Kopie neu aufgebaut.',
				'1 Buchung wiederhergestellt.'
			]
		});
	});

	it('begin with what is lost', () => {
		const words = newsWords({ ...NOTHING, restoredOperations: 20, lostOperations: 2 });
		expect(words).toMatchObject({ variant: 'danger', title: 'Daten fehlen' });
		expect(words.sentences[0]).toBe('2 Buchungen von diesem Gerät sind in keiner der beiden Kopien mehr lesbar.');
		expect(words.sentences).toContain('20 Buchungen wiederhergestellt.');
	});

	it.each([
		[{ unreadablePlaces: 3 }, 'an 3 Stellen nicht lesbar'],
		[
			{ refusedOperations: 1 },
			'1 Buchung der zweiten Kopie trägt keine gültige Unterschrift und wurde nicht übernommen'
		],
		[{ withoutSecond: 'cannot-write' }, 'lässt sich nicht schreiben'],
		[{ withoutSecond: 'cannot-read' }, 'lässt sich nicht lesen'],
		[{ withoutSecond: 'newer-version' }, 'neueren Version']
	] satisfies [Partial<CopiesNews>, string][])('warn of the second copy: %j', (part, words) => {
		const { variant, title, sentences } = newsWords({ ...NOTHING, ...part });
		expect([variant, title]).toEqual(['warning', 'Zweite Kopie beschädigt']);
		expect(sentences.join(' ')).toContain(words);
	});
});

it('says at least how many are missing, and nothing where nobody knows', () => {
	expect(missingWords(0)).toBe('');
	expect(missingWords(1)).toBe('Mindestens 1 Buchung fehlt auf diesem Gerät.');
	expect(missingWords(1_200)).toBe('Mindestens 1.200 Buchungen fehlen auf diesem Gerät.');
});
