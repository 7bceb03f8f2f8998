/** Laws of the keeper: whatever order segments come in, however they are cut, with or without a snapshot between, it holds one state. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PurposeKeys } from '$lib/crypto/data-key';
import { chainZero, cutSegments, sealPending, type OpenedRow } from '$lib/crypto/seal';
import { generateDeviceKeys, type NewDeviceKeys } from '$lib/crypto/signature';
import type { DeviceId } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import type { Segment } from '$lib/domain/operation-log';
import {
	canonicalState,
	decodeState,
	emptyState,
	encodeState,
	foldOperations,
	requestRows,
	type CounterState
} from '$lib/domain/projection';
import { compareRows } from '$lib/services/row-order';
import type { StateSnapshots } from '$lib/services/state-snapshot';
import { deviceId } from '../fixtures/builders';
import { arbitraryHistory, PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';
import { createMemoryOperationLog } from '../support/memory-operation-log';
import { keysOf, testDesk } from '../support/test-desk';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { stubWebLocks } from '../support/web-locks';

vi.setConfig({ testTimeout: 2 * PROPERTY_TIMEOUT_MS });

let space: TestSpace;
let keys: PurposeKeys;
let device: NewDeviceKeys;
/** The device whose rows are pending first and cut later. */
const OWN = deviceId(0);

beforeAll(async () => {
	stubWebLocks();
	space = await testSpace();
	[keys] = (await keysOf(space, space.opened)) as [PurposeKeys];
	device = { ...(await generateDeviceKeys()), deviceId: OWN };
});
afterAll(() => void vi.unstubAllGlobals());

const encoder = new TextEncoder();

/** As it was sealed: everything is written by one person here. */
function lineOf(operation: AnyOperation): Uint8Array {
	const { deviceId: _, sequence: __, ...rest } = { ...operation, staffId: space.opened.staffId };
	if (rest.type !== 'unknown') return encoder.encode(JSON.stringify(rest));
	const { writtenType, ...envelope } = rest as typeof rest & { readonly writtenType: string };
	return encoder.encode(JSON.stringify({ ...envelope, type: writtenType, body: {} }));
}

const byMe = (history: readonly AnyOperation[]): AnyOperation[] =>
	history.map((operation) => ({ ...operation, staffId: space.opened.staffId }));

/** The rows of each device, in its own order. */
async function rowsByDevice(history: readonly AnyOperation[]): Promise<Map<DeviceId, OpenedRow[]>> {
	const byDevice = new Map<DeviceId, OpenedRow[]>();
	for (const operation of history) {
		const rows = byDevice.get(operation.deviceId) ?? [];
		byDevice.set(operation.deviceId, rows);
		const bytes = lineOf(operation);
		const row = await sealPending({
			keys,
			spaceId: space.spaceId,
			deviceId: operation.deviceId,
			sequence: rows.length + 1,
			operationBytes: bytes,
			previousChainValue: rows.at(-1)?.row.chainValue ?? chainZero(),
			staffId: space.opened.staffId,
			staffKey: space.opened.signingKey
		});
		rows.push({ row, bytes });
	}
	return byDevice;
}

/** Segments of one to four operations, and some of the same once more in other pieces. */
async function cutsOf(rows: readonly OpenedRow[], sizes: readonly number[]): Promise<Segment[]> {
	const segments: Segment[] = [];
	for (let from = 0, i = 0; from < rows.length; i++) {
		const size = sizes[i % sizes.length] ?? 1;
		segments.push(
			...(await cutSegments({
				rows: rows.slice(from, from + size),
				chainBefore: rows[from - 1]?.row.chainValue ?? chainZero(),
				spaceId: space.spaceId,
				deviceId: (rows[0] as OpenedRow).row.deviceId,
				deviceKey: device.signingKey,
				keysById: new Map([[keys.keyId, keys]])
			}))
		);
		from += size;
	}
	return segments;
}

/** A keeper begins with what was kept, and this side can look at the very state it goes on with. */
function watched(kept: CounterState | null): { readonly snapshots: StateSnapshots; readonly state: CounterState } {
	const state = kept ? must(decodeState(encodeState(kept))) : emptyState();
	return {
		state,
		snapshots: {
			save: async () => undefined,
			loadHead: async () => null,
			load: async () => state,
			discard: async () => undefined
		}
	};
}

const arbitraryArrival = fc.record({
	history: arbitraryHistory,
	sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
	again: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
	order: fc.infiniteStream(fc.nat()),
	reopenAt: fc.integer({ min: 0, max: 12 }),
	cutAt: fc.integer({ min: 0, max: 12 })
});

it('[SY4] any order, any cut, a snapshot and a cut in between: the same state, rows and figures', async () => {
	await fc.assert(
		fc.asyncProperty(arbitraryArrival, async ({ history: drawn, sizes, again, order, reopenAt, cutAt }) => {
			const history = byMe(drawn);
			const rows = await rowsByDevice(history);
			const own = rows.get(OWN) ?? [];
			const foreign: Segment[] = [];
			for (const [id, of] of rows)
				if (id !== OWN) foreign.push(...(await cutsOf(of, sizes)), ...(await cutsOf(of, again)));
			const steps = shuffled(foreign, order);
			const log = createMemoryOperationLog();
			const desk = await testDesk(space, { device, log });
			let kept = watched(null);
			let window = await desk.openWindow({ snapshots: kept.snapshots });
			await window.open();
			let appended = 0;
			for (let i = 0; i < Math.max(steps.length, own.length, 13); i++) {
				const next = own[appended]?.row;
				if (next) {
					const head = { deviceId: OWN, sequence: next.sequence, chainValue: next.chainValue, tick: 0, caseCounter: 0 };
					must(await log.appendPending([next], head, null));
					appended++;
				}
				const segment = steps[i];
				if (segment) await log.addSegments([segment]);
				if (i === cutAt) await window.keeper.cut();
				await window.keeper.catchUp();
				if (i !== reopenAt) continue;
				kept = watched(kept.state);
				window = await desk.openWindow({ snapshots: kept.snapshots });
				await window.open();
			}
			const folded = foldOperations(history);
			expect(canonicalState(kept.state)).toBe(canonicalState(folded));
			expect(window.rows()).toEqual(requestRows(folded).sort(compareRows));
			expect(window.facts()).toMatchObject({ unopenedCount: 0, setAside: [], maxTick: folded.maxTick });

			const fresh = watched(null);
			const later = await desk.openWindow({ snapshots: fresh.snapshots });
			await later.open();
			expect(canonicalState(fresh.state)).toBe(canonicalState(folded));
			expect(later.rows()).toEqual(window.rows());
			expect(later.facts()).toEqual(window.facts());
		}),
		PROPERTY_RUNS
	);
});

function shuffled<T>(items: readonly T[], random: { next(): { value: number } }): T[] {
	const left = [...items];
	const mixed: T[] = [];
	while (left.length > 0) mixed.push(...left.splice(random.next().value % left.length, 1));
	return mixed;
}
