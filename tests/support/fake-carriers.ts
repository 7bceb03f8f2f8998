/** Data carriers for component tests: nothing is written, every reading brings the same. */
import { ok } from '$lib/domain/result';
import type { CarrierDesk, ReadReport } from '$lib/services/carrier-desk';

export const aReadReport = (over: Partial<ReadReport> = {}): ReadReport => ({
	added: 0,
	known: 0,
	requests: [],
	appointments: 0,
	records: 0,
	writers: [],
	isOwn: false,
	isUnknownWriter: false,
	apart: 0,
	waiting: 0,
	refused: 0,
	damaged: 0,
	forged: 0,
	foreign: [],
	newer: [],
	otherSpace: [],
	cutOff: [],
	unreadable: [],
	doubled: [],
	missingParts: [],
	lacksLast: false,
	stopped: false,
	fault: null,
	...over
});

export const createFakeCarriers = (over: Partial<CarrierDesk> = {}): CarrierDesk => ({
	canChoose: true,
	peers: async () => [],
	forget: async () => undefined,
	write: async () => ok({ files: ['Notschalter-7KXM.notschalter'], bytes: 1_000, operations: 3, stopped: false }),
	read: async () => aReadReport(),
	...over
});
