/** The keeper of the log: what it tells of own saves, other windows and other devices, and what it holds apart. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seal } from '$lib/crypto/aead';
import { changePassword, removePerson, revokeDevice, rotateKey } from '$lib/crypto/keyring';
import { chainZero, cutSegments, sealPending, type OpenedRow } from '$lib/crypto/seal';
import { encodeContent } from '$lib/crypto/segment-content';
import { signSegment } from '$lib/crypto/segment-signature';
import type { PurposeKeys } from '$lib/crypto/data-key';
import { operationName } from '$lib/domain/ids';
import type { OperationLog, PendingRow, Segment } from '$lib/domain/operation-log';
import { encodeSegmentHeader } from '$lib/domain/segment-codec';
import { anUnknownOperation, MONDAY, requestId } from '../../fixtures/builders';
import { createMemoryOperationLog } from '../../support/memory-operation-log';
import { quickStretch } from '../../support/quick-stretch';
import { keysOf, noSnapshots, opening, testDesk, type TestDesk } from '../../support/test-desk';
import { must, testSpace, type TestSpace } from '../../support/test-space';
import { stubWebLocks } from '../../support/web-locks';

/** Thousands of operations are sealed and opened; a busy machine takes its time. */
vi.setConfig({ testTimeout: 30_000 });

const encoder = new TextEncoder();
let space: TestSpace;
let desk: TestDesk;

beforeEach(async () => {
	stubWebLocks();
	space = await testSpace();
	desk = await testDesk(space);
});
afterEach(() => void vi.unstubAllGlobals());

const segmentsOf = async (log: OperationLog) => (await log.segmentsBeyond(new Map(), Infinity)).segments;
const reasons = (facts: { setAside: readonly { reason: string }[] }) => facts.setAside.map(({ reason }) => reason);

/** Seals these lines as they are, whatever they say, and cuts them; `by` signs for them. */
async function sealedLines(
	from: TestDesk,
	lines: readonly string[],
	{ by = space.opened, keys = from.keys().at(-1) as PurposeKeys } = {}
): Promise<Segment[]> {
	const rows: OpenedRow[] = [];
	let previousChainValue = chainZero();
	for (const [i, line] of lines.entries()) {
		const bytes = encoder.encode(line);
		const row = await sealPending({
			keys,
			spaceId: space.spaceId,
			deviceId: from.deviceId,
			sequence: i + 1,
			operationBytes: bytes,
			previousChainValue,
			staffId: by.staffId,
			staffKey: by.signingKey
		});
		previousChainValue = new Uint8Array(row.chainValue);
		rows.push({ row, bytes });
	}
	return cutSegments({
		rows,
		chainBefore: chainZero(),
		spaceId: space.spaceId,
		deviceId: from.deviceId,
		deviceKey: from.device.signingKey,
		keysById: new Map([[keys.keyId, keys]])
	});
}

/** The line of a request opened, by whomever it says. */
const openedLine = (n: number, staffId: string, name = 'Mustermann', tick = n): string =>
	JSON.stringify({
		type: 'request-opened',
		version: 1,
		subjectId: requestId(n),
		body: {
			...opening(n, name).body,
			caseNumber: `SO-7KXM-000${n}-00`
		},
		staffId,
		recordedAt: MONDAY + n,
		clockOffset: null,
		tick
	});

describe('saving', () => {
	it('tells the row of an own save, once it is written, and its facts', async () => {
		const here = await desk.openWindow();
		await here.open();
		expect(here.rows()).toEqual([]);
		await here.save(opening(1));
		expect(here.rows()).toMatchObject([{ id: requestId(1), name: expect.stringContaining('Mustermann') }]);
		expect(here.facts()).toMatchObject({ maxTick: 1, waitingCount: 0, unknownCount: 0, unopenedCount: 0 });
		expect(here.facts().heads.get(desk.deviceId)?.sequence).toBe(1);
		expect(here.facts().lastRecordedAt.get(desk.deviceId)).toBe(MONDAY);
		expect((await here.keeper.request(requestId(1)))?.fields['answers/familyName']?.[0]?.value).toBe('Mustermann');
		expect(await here.keeper.search('muster')).toEqual([requestId(1)]);
	});

	it('lets another window catch up, in whatever order the two saved', async () => {
		const [here, there] = [await desk.openWindow(), await desk.openWindow()];
		await here.open();
		await there.open();
		await here.save(opening(1));
		await there.save(opening(2));
		await here.save(opening(3));
		expect(there.rows().map((row) => row.id)).toEqual([requestId(2)]);
		await there.keeper.catchUp();
		await here.keeper.catchUp();
		expect(there.rows()).toHaveLength(3);
		expect(here.rows()).toEqual(there.rows());
		expect(here.facts()).toEqual(there.facts());
	});

	it('applies nothing twice when a save is told after it was caught up', async () => {
		const here = await desk.openWindow();
		await here.open();
		const written = await desk.write(opening(1));
		await here.keeper.catchUp();
		await here.keeper.applyWritten(written);
		expect((await here.keeper.request(requestId(1)))?.history).toHaveLength(1);
	});

	it('gives the operations in full, pending and cut, and leaves out what is not here', async () => {
		const here = await desk.openWindow();
		await here.open();
		await here.save(opening(1));
		await here.keeper.cut();
		await here.save(opening(2));
		const names = [2, 1, 9].map((n) => operationName(desk.deviceId, n));
		const operations = await here.keeper.operations(names);
		expect(operations.map(({ sequence, type }) => [sequence, type])).toEqual([
			[2, 'request-opened'],
			[1, 'request-opened']
		]);
	});
});

describe('cutting', () => {
	it('keeps the chain values, whoever cuts, and shows the same afterwards', async () => {
		const here = await desk.openWindow();
		await here.open();
		for (let n = 1; n <= 4; n++) await here.save(opening(n));
		const before = await desk.log.pendingRows(desk.deviceId);
		await here.keeper.cut();
		await here.save(opening(5));
		const [segment, ...others] = await segmentsOf(desk.log);
		expect(others).toEqual([]);
		expect(segment?.header).toMatchObject({ firstSequence: 1, count: 4, chainBefore: chainZero() });
		expect(segment?.header.chainAfter).toEqual(before.at(-1)?.chainValue);
		expect((await desk.log.pendingRows(desk.deviceId)).map((row) => row.sequence)).toEqual([5]);
		const later = await desk.openWindow();
		await later.open();
		expect(later.rows()).toEqual(here.rows());
	});

	it('by two windows at once loses nothing, and neither does a save in the middle of it', async () => {
		const [here, there] = [await desk.openWindow(), await desk.openWindow()];
		await here.open();
		for (let n = 1; n <= 6; n++) await here.save(opening(n));
		await there.open();
		await Promise.all([here.keeper.cut(), there.keeper.cut(), here.save(opening(7)), there.keeper.cut()]);
		await Promise.all([here.keeper.cut(), there.keeper.cut()]);
		expect(await desk.log.size()).toMatchObject({ pending: 0, operations: 7 });
		const later = await desk.openWindow();
		await later.open();
		expect(later.rows()).toHaveLength(7);
		expect(later.facts().setAside).toEqual([]);
	});

	it('parts segments by person', async () => {
		const { records, person } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
		desk.setRecords(records);
		await desk.write(opening(1));
		await desk.seat(person);
		await desk.write(opening(2));
		const segments = await desk.segments();
		expect(segments.map(({ header }) => [header.firstSequence, header.staffId])).toEqual([
			[1, space.opened.staffId],
			[2, person.staffId]
		]);
	});

	it('goes around a row that does not open: what follows it is carried all the same', async () => {
		const spoilt = spoilingLog(2);
		const other = await testDesk(space, { log: spoilt });
		for (let n = 1; n <= 4; n++) await other.write(opening(n));
		const here = await other.openWindow();
		await here.open();
		expect(here.rows()).toHaveLength(3);
		await here.keeper.cut();
		const segments = await segmentsOf(spoilt);
		expect(segments.map(({ header }) => [header.firstSequence, header.count])).toEqual([
			[1, 1],
			[3, 2]
		]);
		const later = await other.openWindow();
		await later.open();
		expect(later.rows()).toHaveLength(3);
	});

	it('counts own rows that do not open here', async () => {
		const other = await testDesk(space, { log: spoilingLog(2) });
		for (let n = 1; n <= 3; n++) await other.write(opening(n));
		const here = await other.openWindow();
		await here.open();
		await here.keeper.catchUp();
		expect(here.facts().unopenedCount).toBe(1);
	});

	it('begins by itself at a thousand pending rows, and at rest above two hundred', async () => {
		const here = await desk.openWindow();
		await here.open();
		await here.save(...Array.from({ length: 201 }, (_, i) => opening(i + 1)));
		expect((await desk.log.size()).segments).toBe(0);
		await here.keeper.rest();
		expect(await desk.log.size()).toMatchObject({ pending: 0, segments: 1 });
	});
});

/** A log that gives one row back with a flipped byte. */
function spoilingLog(sequence: number): OperationLog {
	const log = createMemoryOperationLog();
	const spoil = (row: PendingRow) =>
		row.sequence === sequence ? { ...row, sealed: row.sealed.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) } : row;
	return { ...log, pendingRows: async (...args) => (await log.pendingRows(...args)).map(spoil) };
}

describe('what comes from others', () => {
	it('under a key that is not known yet is counted, and applied when the key has come', async () => {
		const other = await testDesk(space);
		const rotated = must(await rotateKey(space.as(await space.fold([space.record]), space.opened)));
		const records = [space.record, ...rotated.records];
		const renewed = await space.openAs(records, space.opened.staffId, 'Grüne Wiese am Fluß');
		other.setRecords(records);
		await other.seat(renewed);
		await other.write(opening(1), opening(2));
		await desk.log.addSegments(await other.segments());

		const here = await desk.openWindow();
		await here.open();
		expect(here.rows()).toEqual([]);
		expect(here.facts().unopenedCount).toBe(2);
		await here.keeper.catchUp();
		expect(here.facts().unopenedCount).toBe(2);
		desk.setRecords(records);
		await here.keyringChanged(await keysOf(space, renewed));
		expect(here.rows()).toHaveLength(2);
		expect(here.facts()).toMatchObject({ unopenedCount: 0, setAside: [] });
	});

	it('by a person not known yet is counted, and applied when the person is', async () => {
		const { records, person } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
		const other = await testDesk(space, { person, records });
		await other.write(opening(1));
		await desk.log.addSegments(await other.segments());
		const here = await desk.openWindow();
		await here.open();
		expect(here.facts()).toMatchObject({ unopenedCount: 1, setAside: [] });
		desk.setRecords(records);
		await here.keyringChanged();
		expect(here.rows()).toHaveLength(1);
		expect(here.facts().unopenedCount).toBe(0);
	});

	it('by a person since removed stays', async () => {
		const { records, person, staffId } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
		const other = await testDesk(space, { person, records });
		await other.write(opening(1));
		await desk.log.addSegments(await other.segments());
		desk.setRecords(await space.after(records, space.opened, (context) => removePerson(context, { staffId })));
		const here = await desk.openWindow();
		await here.open();
		expect(here.rows()).toHaveLength(1);
	});

	it('signed after a change of password that is not known yet is no longer told as forged when it is', async () => {
		const other = await testDesk(space);
		const records = await space.after([space.record], space.opened, async (context) =>
			changePassword(context, {
				...(await space.passingOn(context.state)),
				password: 'Neue Wiese',
				stretch: quickStretch
			})
		);
		other.setRecords(records);
		await other.seat(await space.openAs(records, space.opened.staffId, 'Neue Wiese'));
		await other.write(opening(1));
		await desk.log.addSegments(await other.segments());
		const here = await desk.openWindow();
		await here.open();
		expect(reasons(here.facts())).toEqual(['bad-staff-signature']);
		desk.setRecords(records);
		await here.keyringChanged();
		expect(here.rows()).toHaveLength(1);
		expect(here.facts().setAside).toEqual([]);
	});

	it('with a bad signature of the person or a broken chain is set aside, and everything else is folded', async () => {
		const [forged, broken, sound] = [await testDesk(space), await testDesk(space), await testDesk(space)];
		const stranger = await testSpace('Eva Fremd');
		const me = space.opened.staffId;
		const [byStranger] = await sealedLines(forged, [openedLine(1, me)], {
			by: { ...space.opened, signingKey: stranger.opened.signingKey }
		});
		const [torn] = await sealedLines(broken, [openedLine(2, me), openedLine(3, me)]);
		const [whole] = await sealedLines(sound, [openedLine(4, me)]);
		const breakChain = await reheaded(broken, torn as Segment);
		await desk.log.addSegments([byStranger as Segment, breakChain, whole as Segment]);
		const here = await desk.openWindow();
		await here.open();
		expect(here.rows().map((row) => row.id)).toEqual([requestId(4)]);
		expect(reasons(here.facts()).sort()).toEqual(['bad-staff-signature', 'broken-chain']);
		expect(here.facts().unopenedCount).toBe(0);
		await here.keeper.catchUp();
		await here.keyringChanged();
		expect(here.facts().setAside).toHaveLength(2);
	});

	it('in the name of somebody who did not sign it is not folded, however it was cut', async () => {
		const { records, person } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
		const other = await testDesk(space, { records });
		desk.setRecords(records);
		const segments = await sealedLines(
			other,
			[openedLine(1, person.staffId), openedLine(2, space.opened.staffId), openedLine(3, person.staffId)],
			{ by: person }
		);
		await desk.log.addSegments(segments);
		const here = await desk.openWindow();
		await here.open();
		expect(
			here
				.rows()
				.map((row) => row.id)
				.sort()
		).toEqual([requestId(1), requestId(3)]);
		expect(reasons(here.facts())).toEqual(['bad-staff-signature']);
	});

	it('by the Einlesedienst counts where it is an import, and is set aside where it is anything else', async () => {
		const { records, person } = await space.withPerson([space.record], 'Einlesedienst', 'feed');
		const other = await testDesk(space, { records });
		desk.setRecords(records);
		const here = await desk.openWindow();
		await here.open();
		await here.save(opening(1));
		const me = person.staffId;
		const about = { version: 1, subjectId: requestId(1), staffId: me, recordedAt: MONDAY, clockOffset: null, tick: 9 };
		const changes = { status: { value: 'withdrawn', replaces: [operationName(desk.deviceId, 1)] } };
		const fieldsOfOthers = ['appointment-imported', 'import-profile-saved', 'device-joined'];
		const forged = [
			'request-opened',
			...fieldsOfOthers,
			'request-amended',
			'request-withdrawn',
			'reentry-completed',
			'conflict-settled',
			'appointment-moved'
		];
		const segments = await sealedLines(
			other,
			[
				openedLine(2, me),
				...forged.map((type) => JSON.stringify({ type, body: { changes }, ...about })),
				JSON.stringify({
					type: 'appointment-imported',
					body: { changes: { import: { value: { date: '2026-11-30', name: 'Max Beispiel' }, replaces: [] } } },
					...about,
					subjectId: requestId(3)
				})
			],
			{ by: person }
		);
		await desk.log.addSegments(segments);
		await here.keeper.catchUp();
		expect(here.rows()).toMatchObject([{ id: requestId(1), status: 'open' }]);
		expect((await here.keeper.request(requestId(1)))?.history).toHaveLength(1);
		expect(here.appointments()).toMatchObject([{ id: requestId(3), name: 'Max Beispiel' }]);
		expect(here.facts()).toMatchObject({ unknownCount: 0, waitingCount: 0 });
		expect(reasons(here.facts())).toEqual(['bad-staff-signature']);
		// Kept and passed on as it is, whatever it is.
		expect(here.facts().heads.get(other.deviceId)?.sequence).toBe(forged.length + 2);
	});

	it('[SY7] of an unknown type or a newer version is counted, marked and passed on as it is', async () => {
		const other = await testDesk(space);
		const me = space.opened.staffId;
		const { recordedAt, clockOffset, tick } = anUnknownOperation();
		const envelope = { subjectId: requestId(1), staffId: me, recordedAt, clockOffset, tick };
		const segments = await sealedLines(other, [
			openedLine(1, me),
			JSON.stringify({ type: 'moon-landed', version: 1, body: { secret: 1 }, ...envelope }),
			JSON.stringify({ type: 'request-amended', version: 2, body: { changes: {} }, ...envelope })
		]);
		await desk.log.addSegments(segments);
		const here = await desk.openWindow();
		await here.open();
		expect(here.facts()).toMatchObject({ unknownCount: 2, setAside: [], unopenedCount: 0 });
		expect((await here.keeper.request(requestId(1)))?.unknownOperations).toBe(2);
		expect((await segmentsOf(desk.log))[0]?.sealed).toEqual(segments[0]?.sealed);
	});

	it('passes over a line that is no operation, and no other', async () => {
		const other = await testDesk(space);
		const me = space.opened.staffId;
		await desk.log.addSegments(await sealedLines(other, [openedLine(1, me), '{"type":', openedLine(3, me)]));
		const here = await desk.openWindow();
		await here.open();
		expect(here.rows()).toHaveLength(2);
		await here.keyringChanged();
		expect(here.rows()).toHaveLength(2);
		expect(here.facts().setAside).toEqual([]);
	});

	it('shows an operation on a request that is not here as waiting, until it comes', async () => {
		const other = await testDesk(space);
		const me = space.opened.staffId;
		const amendment = JSON.stringify({
			type: 'request-amended',
			version: 1,
			subjectId: requestId(1),
			body: { changes: { status: { value: 'query', replaces: [] } } },
			staffId: me,
			recordedAt: MONDAY,
			clockOffset: null,
			tick: 1
		});
		await desk.log.addSegments(await sealedLines(other, [amendment]));
		const here = await desk.openWindow();
		await here.open();
		expect(here.facts().waitingCount).toBe(1);
		await here.save(opening(1));
		expect(here.facts().waitingCount).toBe(0);
		expect(here.rows()).toHaveLength(1);
	});

	it('[SY8] with a clock ten years off is taken and counted', async () => {
		const other = await testDesk(space);
		const decade = 10 * 365 * 86_400_000;
		other.clock.time = MONDAY + decade;
		await other.write(opening(1));
		other.clock.time = MONDAY - decade;
		await other.write(opening(2));
		await desk.log.addSegments(await other.segments());
		const here = await desk.openWindow();
		await here.open();
		expect(here.rows().map((row) => row.id)).toEqual([requestId(1), requestId(2)]);
		expect(here.facts().clockWarnings).toBe(1);
	});
});

/** The same bytes under a header that claims another history, signed anew by person and device. */
async function reheaded(by: TestDesk, segment: Segment): Promise<Segment> {
	const [first] = await sealedLines(by, [openedLine(8, space.opened.staffId), openedLine(9, space.opened.staffId)]);
	const header = { ...segment.header, chainAfter: (first as Segment).header.chainAfter };
	const headerBytes = encodeSegmentHeader(header);
	const keys = by.keys().at(-1) as PurposeKeys;
	const lines = [openedLine(2, space.opened.staffId), openedLine(3, space.opened.staffId)];
	const content = await encodeContent(lines.map((line) => encoder.encode(line)));
	const sealed = await seal(keys.segment, content, headerBytes);
	const unsigned = { headerBytes, sealed, staffSignature: (first as Segment).staffSignature };
	return { header, ...unsigned, signature: await signSegment(by.device.signingKey, unsigned) };
}

describe('a revoked device', () => {
	const revoking = async (deviceId: TestDesk['deviceId'], lastSequence: number) =>
		space.after([space.record], space.opened, (context) =>
			revokeDevice(context, { deviceId, lastSequence, lastChainValue: new Uint8Array(32) })
		);

	it('keeps what it wrote before, and what came later is held apart, also when both are in one segment', async () => {
		const other = await testDesk(space);
		await other.write(opening(1), opening(2), opening(3));
		await desk.log.addSegments(await other.segments());
		desk.setRecords(await revoking(other.deviceId, 2));
		const here = await desk.openWindow();
		await here.open();
		expect(
			here
				.rows()
				.map((row) => row.id)
				.sort()
		).toEqual([requestId(1), requestId(2)]);
		expect(reasons(here.facts())).toEqual(['revoked-device']);
	});

	it('is folded anew when the revoking is learnt of later', async () => {
		const other = await testDesk(space);
		await other.write(opening(1), opening(2), opening(3));
		await desk.log.addSegments(await other.segments());
		const here = await desk.openWindow();
		await here.open();
		await here.save(opening(7));
		expect(here.rows()).toHaveLength(4);
		desk.setRecords(await revoking(other.deviceId, 1));
		await here.keyringChanged();
		expect(
			here
				.rows()
				.map((row) => row.id)
				.sort()
		).toEqual([requestId(1), requestId(7)]);
		expect(await here.keeper.request(requestId(3))).toBeNull();
		expect(await here.keeper.search('mustermann')).toHaveLength(2);
	});
});

it('a revoking learnt of while a signature was looked up is heeded when the keyring is told to have changed', async () => {
	const [other, forger] = [await testDesk(space), await testDesk(space)];
	await other.write(opening(1), opening(2));
	await desk.log.addSegments(await other.segments());
	const here = await desk.openWindow();
	await here.open();
	expect(here.rows()).toHaveLength(2);
	desk.setRecords(
		await space.after([space.record], space.opened, (context) =>
			revokeDevice(context, { deviceId: other.deviceId, lastSequence: 1, lastChainValue: new Uint8Array(32) })
		)
	);
	const stranger = await testSpace('Eva Fremd');
	const by = { ...space.opened, signingKey: stranger.opened.signingKey };
	await desk.log.addSegments(await sealedLines(forger, [openedLine(9, space.opened.staffId)], { by }));
	await here.keeper.catchUp();
	await here.keyringChanged();
	expect(here.rows().map((row) => row.id)).toEqual([requestId(1)]);
});

describe('the snapshot', () => {
	/** One operation a segment, so that two hundred of them call for a snapshot. */
	async function filled(count = 201) {
		const other = await testDesk(space);
		for (let n = 1; n <= count; n++) {
			await other.write(opening(n, n % 2 ? 'Mustermann' : 'Beispiel'));
			await other.segments();
		}
		return other;
	}

	it('is used, shows its head first, and equals a fold from nothing', async () => {
		const other = await filled();
		await desk.log.addSegments(await other.segments());
		const first = await desk.openWindow();
		await first.open();
		expect(desk.snapshotStore.kept).toBeNull();
		await first.keeper.rest();
		expect(desk.snapshotStore.kept).not.toBeNull();
		await first.save(opening(500, 'Später'));

		const { log, given } = countingLog(desk.log);
		const second = await desk.openWindow({ log });
		await second.open();
		expect(given()).toBe(0);
		expect(second.rows()).toEqual(first.rows());
		expect(second.facts()).toEqual(first.facts());
		const told = second.events.filter((event) => event.type === 'rows');
		expect(told[0]).toMatchObject({ complete: false, reset: true });
		expect(told.at(-1)).toMatchObject({ complete: true, reset: true });

		const fromNothing = await desk.openWindow({ snapshots: noSnapshots });
		await fromNothing.open();
		expect(fromNothing.rows()).toEqual(second.rows());
		for (const n of [1, 200, 500])
			expect(await fromNothing.keeper.request(requestId(n))).toEqual(await second.keeper.request(requestId(n)));
		expect(await second.keeper.search('beispiel')).toHaveLength(100);
	});

	it('under other revocations, another key or with a flipped byte is none', async () => {
		const other = await filled();
		await desk.log.addSegments(await other.segments());
		const first = await desk.openWindow();
		await first.open();
		await first.keeper.rest();
		const { kept } = desk.snapshotStore;

		const spoilt = kept && {
			...kept,
			chunks: kept.chunks.map((chunk) => chunk.map((byte, i) => byte ^ Number(i === 30)))
		};
		desk.snapshotStore.kept = spoilt;
		const second = await desk.openWindow();
		await second.open();
		expect(second.rows()).toEqual(first.rows());

		desk.snapshotStore.kept = kept;
		desk.setRecords(
			await space.after([space.record], space.opened, (context) =>
				revokeDevice(context, { deviceId: other.deviceId, lastSequence: 3, lastChainValue: new Uint8Array(32) })
			)
		);
		const third = await desk.openWindow();
		await third.open();
		expect(third.rows()).toHaveLength(3);
		expect(third.events.filter((event) => event.type === 'rows')[0]).toMatchObject({ complete: true });
	});
});

/** Tells how many segments were read of it. */
function countingLog(log: OperationLog) {
	let count = 0;
	const counting: OperationLog = {
		...log,
		segmentsBeyond: async (...args) => {
			const found = await log.segmentsBeyond(...args);
			count += found.segments.length;
			return found;
		}
	};
	return { log: counting, given: () => count };
}
