/** What came of a data carrier, in sentences that a clerk understands. */
import { expect, it } from 'vitest';
import { readReportText, tookAnything } from '$lib/ui/text/carrier';
import { aReadReport } from '../../support/fake-carriers';

it('counts what came by counter, and what was there already', () => {
	const report = aReadReport({
		added: 6,
		known: 2,
		requests: [{ counter: 'Schalter 2', count: 3 }],
		writers: [{ counter: 'Schalter 2' }],
		damaged: 1
	});
	expect(readReportText(report)).toEqual({
		came: [
			'3 Anliegen von Schalter 2 übernommen.',
			'6 Buchungen waren neu.',
			'2 Buchungen waren schon da.',
			'Was Schalter 2 von hier schon hat, ist jetzt bekannt und zählt als übertragen.'
		],
		look: [
			'1 Stelle ist beschädigt und wurde ausgelassen. Bitte den Datenträger noch einmal schreiben lassen und einlesen.'
		]
	});
	expect(tookAnything(report)).toBe(true);
});

it('names a few files, and counts the others', () => {
	const foreign = Array.from({ length: 8 }, (_, i) => `${i}.txt`);
	const { look } = readReportText(aReadReport({ foreign, missingParts: [2, 4] }));
	expect(look).toEqual([
		'„0.txt“, „1.txt“, „2.txt“, „3.txt“, „4.txt“ und 3 weitere sind kein Datenträger von Notschalter und blieben ungelesen.',
		'Die Teile 2, 4 fehlen noch und können später eingelesen werden.'
	]);
	expect(tookAnything(aReadReport({ foreign }))).toBe(false);
});

it('says of one what concerns one', () => {
	const { look } = readReportText(aReadReport({ otherSpace: ['a.notschalter'], missingParts: [3], forged: 1 }));
	expect(look).toEqual([
		'„a.notschalter“ gehört zu einem anderen Verbund. Daraus wurde nichts übernommen.',
		'Teil 3 fehlt noch und kann später eingelesen werden.',
		'1 Stelle wurde nachträglich verändert und nicht übernommen. Bitte die Leitung rufen.'
	]);
});
