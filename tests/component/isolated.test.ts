/** In a real browser: no text of people turns around what stands beside it, be it a case number or a status. */
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { isolated } from '$lib/ui/text/isolated';

const BEFORE = 'SO-7KXM-0142-51 ';
const BEHIND = ' offen, 3 Angaben fehlen (heute)';
const CONTROLS = ['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069'];
const LETTERS = ['a', 'Müller', ' ', '12', 'אבג', 'مرحبا', '\u200F', '\u061C', '\u2029', '\n', '\u0085', '('];

const line = document.createElement('p');
line.style.cssText = 'position: absolute; white-space: nowrap; font: 16px monospace';
document.body.append(line);
afterEach(() => line.replaceChildren());

/** Is each character of a text node right of the one before? */
function runsOn(node: Text): boolean {
	const range = document.createRange();
	const lefts = [...node.data].map((_, at) => {
		range.setStart(node, at);
		range.setEnd(node, at + 1);
		return range.getBoundingClientRect().left;
	});
	return lefts.every((left, at) => at === 0 || left >= (lefts[at - 1] ?? 0));
}

function keepsOrder(shown: string): boolean {
	const [before, behind] = [new Text(BEFORE), new Text(BEHIND)];
	line.replaceChildren(before, new Text(shown), behind);
	return runsOn(before) && runsOn(behind) && line.firstChild === before;
}

it('the control: an override that is not isolated turns the line around', () => {
	expect(keepsOrder('\u202Eabc')).toBe(false);
	expect(keepsOrder('Müller')).toBe(true);
});

it.each([
	'\u202Eabc',
	'\u2069\u202Eabc',
	'\u2069\u2069\u202E',
	'\u2067',
	'\u2029\u202Eabc',
	'\u202C\u202Eabc\u2067',
	'אבג 12',
	'\u2066\u2069\u2069\u202E'
])('keeps the line in order beside %j', (text) => expect(keepsOrder(isolated(text))).toBe(true));

it('keeps the line in order beside any mixture of controls and letters', () =>
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...CONTROLS, ...LETTERS), { maxLength: 12 }), (parts) =>
			keepsOrder(isolated(parts.join('')))
		),
		{ numRuns: 500 }
	));

it('leaves alone what calls for no direction', () => {
	for (const text of ['', 'Müller-Lüdenscheid', 'A\u0308rger', '=1+1', '\uD800', '😀'])
		expect(isolated(text)).toBe(text);
});
