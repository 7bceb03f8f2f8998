/** A desk: one device of a test space with a real pen, opener and keeper over a log, and as many windows as a test opens. */
import { deriveKeys, type PurposeKeys } from '$lib/crypto/data-key';
import type { KeyringState, OpenedPerson } from '$lib/crypto/keyring';
import { generateDeviceKeys, type NewDeviceKeys } from '$lib/crypto/signature';
import type { KeyId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { OperationLog, Segment } from '$lib/domain/operation-log';
import { decideOpenRequest, type Decision } from '$lib/domain/request';
import type { Instant } from '$lib/domain/time';
import { createLiveState } from '$lib/services/live-state';
import { createLogKeeper, type KeeperEvent, type LogFacts } from '$lib/services/log-keeper';
import { createLogOpener } from '$lib/services/log-opener';
import { recordOperations, type Pen, type WrittenOperation } from '$lib/services/record-operation';
import { createStateSnapshots, type StateSnapshots } from '$lib/services/state-snapshot';
import { emptyView, startingHealth } from '$lib/services/view-parts';
import type { SealedSnapshot, SnapshotStore } from '$lib/storage/snapshot-store';
import { anOpenRequestInput, requestId, MONDAY } from '../fixtures/builders';
import { createMemoryOperationLog } from './memory-operation-log';
import { must, type TestSpace } from './test-space';

interface DeskOptions {
	readonly person?: OpenedPerson;
	readonly device?: NewDeviceKeys;
	readonly log?: OperationLog;
	readonly records?: readonly KeyringRecord[];
}

interface WindowOptions {
	readonly snapshots?: StateSnapshots;
	/** Looks on while the keeper reads. */
	readonly log?: OperationLog;
}

export type TestDesk = Awaited<ReturnType<typeof testDesk>>;
export type TestWindow = Awaited<ReturnType<TestDesk['openWindow']>>;

/** Keys of every data key that this person can open, the newest last. */
export async function keysOf(
	{ spaceId }: Pick<TestSpace, 'spaceId'>,
	{ dataKeys }: Pick<OpenedPerson, 'dataKeys'>
): Promise<PurposeKeys[]> {
	const keys: PurposeKeys[] = [];
	for (const [keyId, dataKey] of dataKeys) keys.push(await deriveKeys(dataKey, spaceId, keyId));
	return keys.sort((a, b) => Number.parseInt(a.keyId, 10) - Number.parseInt(b.keyId, 10));
}

/** Nothing is kept: everything is folded from the log. */
export const noSnapshots: StateSnapshots = {
	save: async () => undefined,
	loadHead: async () => null,
	load: async () => null,
	discard: async () => undefined
};

export function memorySnapshots(): SnapshotStore & { kept: SealedSnapshot | null } {
	return {
		kept: null,
		async save(snapshot) {
			this.kept = snapshot;
		},
		async loadHead() {
			return this.kept;
		},
		async load() {
			return this.kept;
		},
		async discard() {
			this.kept = null;
		}
	};
}

/** Opens request `n` for a person of this name. */
export function opening(n: number, familyName = 'Mustermann'): Decision {
	const decided = must(
		decideOpenRequest(anOpenRequestInput({ id: requestId(n), answers: { familyName, givenNames: 'Erika' } }), null)
	);
	if (!decided) throw new Error('an opening decides something');
	return decided;
}

export async function testDesk(space: TestSpace, options: DeskOptions = {}) {
	const device = options.device ?? (await generateDeviceKeys());
	const log = options.log ?? createMemoryOperationLog();
	const snapshotStore = memorySnapshots();
	const clock = { time: MONDAY as number, now: () => clock.time as Instant };
	let person = options.person ?? space.opened;
	let keys = await keysOf(space, person);
	let records: readonly KeyringRecord[] = options.records ?? [space.record];
	const { spaceId } = space;
	const { deviceId } = device;

	const pen: Pen = {
		log,
		clock,
		spaceId,
		deviceId,
		get staffId() {
			return person.staffId;
		},
		staffKey: () => person.signingKey,
		placeCode: 'SO',
		deviceCode: () => '7KXM',
		currentKeys: () => keys.at(-1) as PurposeKeys,
		clockOffset: () => null,
		observedTick: () => 0,
		observedCaseCounter: () => 0,
		lastWaitingNumber: () => Promise.resolve(0)
	};

	/** Another window of the same device, with a keeper of its own. */
	async function openWindow(using: WindowOptions = {}) {
		const read = using.log ?? log;
		const live = createLiveState(emptyView(startingHealth()));
		const events: KeeperEvent[] = [];
		let facts: LogFacts | null = null;
		const keysById = new Map<KeyId, PurposeKeys>();
		const opener = createLogOpener({
			log: read,
			spaceId,
			deviceId,
			deviceKey: device.signingKey,
			loadKeyring: (): Promise<KeyringState> => space.fold(records)
		});
		const keeper = createLogKeeper({
			log: read,
			opener,
			clock,
			deviceId,
			snapshots:
				using.snapshots ??
				createStateSnapshots({
					store: snapshotStore,
					spaceId,
					currentKeys: () => keys.at(-1) as PurposeKeys,
					keysById: (keyId) => keysById.get(keyId)
				}),
			tell: (event) => {
				events.push(event);
				if (event.type === 'rows') live.putRows(event, event.complete, event.reset);
				if (event.type === 'facts') ({ facts } = event);
			}
		});
		const take = (taken: readonly PurposeKeys[]) => {
			for (const one of taken) keysById.set(one.keyId, one);
			return taken;
		};
		return {
			keeper,
			opener,
			events,
			open: (with_: readonly PurposeKeys[] = keys) => keeper.open(take(with_)),
			keyringChanged: (with_: readonly PurposeKeys[] = keys) => keeper.keyringChanged(take(with_)),
			rows: () => live.view.rows,
			appointments: () => live.view.appointments,
			names: () => live.view.rows.map((row) => row.name).sort(),
			facts: (): LogFacts => {
				if (!facts) throw new Error('the keeper has told no facts');
				return facts;
			},
			/** Writes as this window does: to the disk, then into its own keeper. */
			async save(...decided: Decision[]): Promise<readonly WrittenOperation[]> {
				const written = must(await recordOperations(pen, decided));
				await keeper.applyWritten(written);
				return written;
			}
		};
	}

	return {
		device,
		deviceId,
		log,
		pen,
		clock,
		snapshotStore,
		openWindow,
		keys: () => keys,
		/** Somebody else sits down here. */
		async seat(next: OpenedPerson) {
			person = next;
			keys = await keysOf(space, next);
		},
		setRecords: (next: readonly KeyringRecord[]) => (records = next),
		write: async (...decided: Decision[]) => must(await recordOperations(pen, decided)),
		/** Everything written and cut, as another device gets it. */
		async segments(): Promise<readonly Segment[]> {
			const opener = createLogOpener({
				log,
				spaceId,
				deviceId,
				deviceKey: device.signingKey,
				loadKeyring: () => space.fold(records)
			});
			await opener.use(keys);
			await opener.cut();
			return (await log.segmentsBeyond(new Map(), Infinity)).segments;
		}
	};
}
