import { expect, it } from 'vitest';
import { parseDraftContent, type DraftContent } from '$lib/ui/state/draft-content';

const CONTENT: DraftContent = {
	version: 1,
	typed: { familyName: 'Mustermann' },
	papers: { zb1: 'present' },
	note: '',
	urgency: 'normal',
	urgencyReason: '',
	received: null,
	bulk: false,
	vehicles: [],
	appointmentId: null
};

it('gives back what was kept', () => {
	expect(parseDraftContent(JSON.parse(JSON.stringify(CONTENT)))).toEqual(CONTENT);
});

it.each([
	null,
	{},
	{ ...CONTENT, version: 2 },
	{ ...CONTENT, papers: { zb1: 'lost' } },
	{ ...CONTENT, typed: { vin: 3 } }
])('does not guess at what it cannot read: %j', (content) => {
	expect(parseDraftContent(content)).toBeNull();
});
