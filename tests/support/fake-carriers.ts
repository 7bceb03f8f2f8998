/** Data carriers for component tests: nothing is written, every reading brings the same. */
import { ok } from '$lib/domain/result';
import { NOTHING_READ } from '$lib/services/carriers';
import type { CarrierDesk, ReadReport } from '$lib/services/carrier-desk';

export const aReadReport = (over: Partial<ReadReport> = {}): ReadReport => ({ ...NOTHING_READ, ...over });

export const createFakeCarriers = (over: Partial<CarrierDesk> = {}): CarrierDesk => ({
	canChoose: true,
	peers: async () => [],
	forget: async () => undefined,
	write: async () => ok({ files: ['Notschalter-7KXM.notschalter'], bytes: 1_000, operations: 3, stopped: false }),
	read: async () => aReadReport(),
	...over
});
