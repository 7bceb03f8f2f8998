import { expect, it } from 'vitest';
import { matchOptions } from '$lib/ui/state/combobox-match';

const options = [
	{ value: '1', label: 'Umschreibung / Halterwechsel', keywords: ['Auto anmelden', 'Gebrauchtwagen'] },
	{ value: '2', label: 'Neuzulassung', keywords: ['Auto anmelden', 'Neuwagen'] },
	{ value: '3', label: 'Lüdenscheid', detail: 'MK' },
	{ value: '4', label: 'Straßenverkehrsamt' },
	{ value: '5', label: 'Wiederzulassung' }
];
const found = (typed: string) => matchOptions(options, typed).map(({ value }) => value);

it('shows everything while nothing is typed', () => expect(found('  ')).toEqual(['1', '2', '3', '4', '5']));
it('finds by the beginning of the name', () => expect(found('umsch')).toEqual(['1']));
it('finds by what citizens say', () => expect(found('auto an')).toEqual(['1', '2']));
it('finds by any part, after the beginnings of words', () => {
	expect(found('zulassung')).toEqual(['2', '5']);
	expect(found('wied')).toEqual(['5']);
});
it('takes ä, ae and a, ß and ss for the same', () => {
	for (const typed of ['lüden', 'lueden', 'luden', 'LÜDEN']) expect(found(typed)).toEqual(['3']);
	for (const typed of ['straße', 'strasse']) expect(found(typed)).toEqual(['4']);
});
it('finds by the detail', () => expect(found('mk')).toEqual(['3']));
it('finds nothing for what is nowhere', () => expect(found('xyz')).toEqual([]));
