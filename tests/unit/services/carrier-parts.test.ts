/** Which parts and frames of bundles were read, also of files that somebody has made up. */
import { describe, expect, it } from 'vitest';
import { createPartList } from '$lib/services/carrier-parts';
import type { ParsedFrame } from '$lib/sync/bundle';

const frameOf = (id: number, part: number, frame: number, closes: ParsedFrame['closes'] = 'nothing') => {
	const nonce = new Uint8Array(16);
	new DataView(nonce.buffer).setUint32(0, id);
	return { writer: { deviceId: 'aa' }, offer: { nonce }, part, frame, closes } as unknown as ParsedFrame;
};

describe('the parts that were read', () => {
	it('lack a frame that was cut out whole, and nothing else', () => {
		const list = createPartList();
		list.begin('a');
		for (const frame of [1, 2, 4]) list.note(frameOf(1, 1, frame));
		list.note(frameOf(1, 1, 5, 'bundle'));
		expect(list.missingFrames()).toBe(1);
		expect(list.summary([], false)).toEqual({ doubled: [], missingParts: [], lacksLast: false, cutOff: [] });
	});

	it('lack no frame when they were read twice, in two files', () => {
		const list = createPartList();
		for (const name of ['a', 'a (2)']) {
			list.begin(name);
			list.note(frameOf(1, 1, 1));
			list.note(frameOf(1, 1, 2, 'bundle'));
		}
		expect(list.missingFrames()).toBe(0);
		expect(list.summary([], false).doubled).toEqual(['a (2)']);
	});

	it('are named up to a hundred, however far apart they claim to be', () => {
		const list = createPartList();
		list.begin('a');
		list.note(frameOf(1, 4_000_000_000, 1, 'bundle'));
		expect(list.summary([], false).missingParts).toHaveLength(100);
	});

	it('of more bundles than a stick holds are not looked after, and hold nothing up', () => {
		const list = createPartList();
		list.begin('a');
		for (let id = 0; id < 50_000; id++) list.note(frameOf(id, 2, 3));
		const { missingParts, cutOff } = list.summary([], false);
		expect(missingParts).toEqual([1]);
		expect(cutOff).toEqual(['a']);
		expect(list.missingFrames()).toBe(2 * 1_000);
	});
});
