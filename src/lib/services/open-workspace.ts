/** Puts together what an unlocked counter has at hand: keys, keeper, drafts, staff, exchange; `close` forgets all of it. */
import { foldKeyring, type KeyringState, type OpenedPerson } from '$lib/crypto/keyring';
import type { DeviceId, StaffId } from '$lib/domain/ids';
import { decideServer, SETTINGS } from '$lib/domain/office-settings';
import { ok } from '$lib/domain/result';
import type { Clock, ClockOffset } from '$lib/domain/time';
import type { StaffMember } from '$lib/domain/workplace';
import type { DeviceIdentity, FormerIdentity } from '$lib/storage/identity-store';
import type { DeviceStores } from './device-stores';
import { newDeviceCode } from './device-code';
import { openDeviceKey, openFormerKeys } from './device-key';
import { deviceJoined } from './device-joined';
import { writeMarker } from './device-marker';
import { createDrafts } from './drafts';
import { createExchangeView } from './exchange-view';
import { createAppointmentExport, createExport, type ExportPorts } from './export';
import type { StartReader } from './import-reading';
import { createKeyringActs } from './keyring-acts';
import type { KeeperEvent, LogFacts } from './log-keeper';
import type { KeeperCalls, KeeperSetup } from './log-keeper.worker';
import { createLiveState } from './live-state';
import { createPersonKeys } from './person-keys';
import type { Pen } from './record-operation';
import { createRecorder } from './recorder';
import { createRequestActs } from './requests';
import { readTimeline } from './timeline';
import { deviceList, emptyView, formerIdentities, startingHealth, staffList } from './view-parts';
import type { WindowChannel } from './window-channel';
import type { Remote } from './worker-call';
import type { FolderCopy, Workspace } from './workspace';
import type { PasswordStretcher } from '$lib/crypto/key-derivation';

export interface OpenWorkspace {
	readonly workspace: Workspace;
	/** With the keys of the newest password. */
	person(): OpenedPerson;
	/** Forgets keys and state, stops the worker; nothing of it can be used afterwards. */
	close(): void;
}

/** A started keeper: its calls, and the end of it with all it knew. */
export interface StartedKeeper {
	readonly calls: Remote<KeeperCalls>;
	/** Rejects when the keeper cannot open the database. */
	readonly ready: Promise<void>;
	stop(): void;
}

export interface WorkspacePorts {
	readonly stores: DeviceStores;
	readonly clock: Clock;
	readonly channel: WindowChannel;
	readonly stretch: PasswordStretcher;
	readonly folderCopy: FolderCopy;
	startKeeper(setup: KeeperSetup, onEvent: (event: KeeperEvent) => void): StartedKeeper;
	startReader: StartReader;
	/** What a server last said of this device's clock; outlives the lock, not the page. */
	readonly knownClock: { offset: ClockOffset | null };
	onOpening(done: number, total: number): void;
	/** The person who works here was removed. */
	onRemoved(): void;
	/** This device's id lives a second life elsewhere: nothing more is written under it (SY15). */
	onIdentityLost(): void;
	/** Closed as a template: nobody works here any more. */
	lock(): void;
	/** The keeper failed: what is on the disk is safe, what is shown may be old. */
	onFault(detail: string): void;
}

/** Time without a save after which the keeper does what costs: cutting, the snapshot. */
const REST_AFTER_MS = 20_000;
const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

export async function openWorkspace(
	ports: WorkspacePorts,
	identity: DeviceIdentity,
	opened: OpenedPerson,
	keyringNow: KeyringState
): Promise<OpenWorkspace> {
	const { stores, clock, channel } = ports;
	let keyring = keyringNow;
	let facts: LogFacts | null = null;
	let closed = false;
	let end: () => void = () => undefined;
	const ended = new Promise<never>((_, reject) => (end = () => reject(new Error('closed'))));
	ended.catch(() => undefined);
	/** The keeper ends with the lock and answers no more: whoever holds a Web Lock waits for it until then only. */
	const untilClosed = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, ended]);
	let restTimer: ReturnType<typeof setTimeout> | undefined;

	let person = opened;
	let workplace = identity.workplace;
	const keys = await createPersonKeys(identity.spaceId, opened, keyring);
	const deviceKey = await openDeviceKey(identity, keys.byId);
	const formers = await openFormerKeys(identity, keys.byId);
	const live = createLiveState({
		...emptyView(startingHealth()),
		staff: staffList(keyring),
		formerIdentities: formerIdentities(identity)
	});
	const nameOf = (id: StaffId) => keyring.people.get(id)?.name ?? '';
	const counterOf = (id: DeviceId) => live.view.devices.find((device) => device.deviceId === id)?.counter ?? '';
	const setHealth = (part: Partial<typeof live.view.health>) => live.set({ health: { ...live.view.health, ...part } });

	// Nobody needs it before a list of appointments is there; so the first page loads without it.
	const { createAppointmentDesk } = await import('./appointments');

	let showFirstRows: () => void = () => undefined;
	const firstRows = new Promise<void>((resolve) => (showFirstRows = resolve));
	const keeper = ports.startKeeper(
		{ databaseName: stores.databaseName, spaceId: identity.spaceId, deviceId: identity.deviceId, deviceKey, formers },
		(event) => {
			if (closed) return;
			if (event.type === 'opening') return ports.onOpening(event.done, event.total);
			if (event.type === 'rows') {
				live.putRows(event, event.complete, event.reset);
				return showFirstRows();
			}
			if (event.type === 'progress') return exchanges.progress(event.origin, event.progress);
			facts = event.facts;
			showFacts();
		}
	);

	const showFacts = () => {
		if (!facts) return;
		const formers = live.view.formerIdentities;
		live.set({
			devices: deviceList(facts, keyring, workplace, formers),
			staff: staffList(keyring),
			settings: facts.settings
		});
		setHealth({
			waitingCount: facts.waitingCount + facts.unopenedCount,
			unknownCount: facts.unknownCount,
			setAside: facts.setAside,
			clockWarnings: facts.clockWarnings
		});
		const own = [identity, ...formers].map(({ deviceId }) => deviceId);
		exchanges.factsChanged(facts.heads, new Set([...facts.openedDevices, ...own]));
		void keepCodeOwn(facts.devices);
	};

	/** Another device turned out to have the same code for its case numbers. */
	const keepCodeOwn = async (devices: LogFacts['devices']) => {
		const deviceCode = newDeviceCode(workplace, devices, randomBytes);
		if (deviceCode === null) return;
		workplace = { ...workplace, deviceCode };
		await stores.identity.update((now) => (now.deviceId === identity.deviceId ? { ...now, workplace } : null));
		await record([deviceJoined(identity.deviceId, identity.publicKey, workplace)], null);
	};

	const pen: Pen = {
		log: stores.log,
		clock,
		spaceId: identity.spaceId,
		deviceId: identity.deviceId,
		staffId: opened.staffId,
		staffKey: keys.signingKey,
		placeCode: identity.workplace.placeCode,
		deviceCode: () => workplace.deviceCode,
		currentKeys: keys.current,
		clockOffset: () => ports.knownClock.offset,
		observedTick: () => facts?.maxTick ?? 0,
		observedCaseCounter: () => facts?.ownCaseCounter ?? 0,
		lastWaitingNumber: (date) => untilClosed(keeper.calls.lastWaitingNumber(date))
	};

	const drafts = createDrafts({
		store: stores.drafts,
		clock,
		ownerId: opened.staffId,
		currentKeys: keys.current,
		keysById: keys.byId,
		nameOf,
		isClosed: () => closed,
		show: (list) => live.set({ drafts: list }),
		tellOthers: () => channel.tell({ type: 'drafts-changed' })
	});

	const record = createRecorder({
		pen,
		onGivenUp: ports.onIdentityLost,
		isClosed: () => closed,
		setSave: (save) => setHealth({ save }),
		onWritten: async (written, draftId) => {
			const { deviceId, createdAt } = identity;
			writeMarker({ deviceId, incarnation: createdAt, sequence: written.at(-1)?.sequence ?? 0 });
			channel.tell({ type: 'appended' });
			if (closed) return;
			await untilClosed(keeper.calls.applyWritten(written)).catch(() => closed || ports.onFault('keeper-failed'));
			if (closed) return;
			if (draftId) await drafts.changed();
			exchanges.changed();
			clearTimeout(restTimer);
			restTimer = setTimeout(() => void keeper.calls.rest(), REST_AFTER_MS);
		}
	});

	/** The keyring on the disk changed, by this window, another one or an exchange. */
	const followKeyring = async () => {
		keyring = await foldKeyring(identity.spaceId, await stores.keyring.loadRecords());
		await keys.follow(keyring);
		// Somebody removed me: nothing more is opened or written under my name here.
		if (keyring.people.get(opened.staffId)?.removed) return ports.onRemoved();
		await keeper.calls.keyringChanged(keys.all());
		showFacts();
		await exchanges.reload();
	};

	const exchanges = createExchangeView({
		stores,
		clock,
		live,
		exchange: (origin) => keeper.calls.exchange(origin),
		isRevoked: (deviceId) => keyring.revokedDevices.has(deviceId),
		onClockOffset: (offset) => (ports.knownClock.offset = offset),
		onKeyringChanged: async () => {
			await followKeyring();
			channel.tell({ type: 'keyring-changed' });
		},
		onTaken: () => channel.tell({ type: 'appended' }),
		onIdentityLost: ports.onIdentityLost
	});

	const showCopies = () => setHealth({ copies: stores.copy.copies });
	showCopies();
	const unwatchCopies = stores.copy.subscribe(showCopies);
	const unlisten = channel.listen((message) => {
		if (message.type === 'appended') void keeper.calls.catchUp();
		if (message.type === 'drafts-changed') void drafts.refresh();
		if (message.type === 'keyring-changed') void followKeyring();
		if (message.type === 'servers-changed') void exchanges.reload();
	});

	await exchanges.reload();
	await keeper.ready;
	const opening = keeper.calls.open(keys.all());
	await Promise.all([Promise.race([firstRows, opening]), drafts.refresh()]);
	void stores.persistence().then(setHealth);
	exchanges.start();

	const me = (): StaffMember => {
		const found = staffList(keyring).find((person) => person.id === opened.staffId);
		if (!found) throw new Error('the unlocked person is not in the keyring');
		return found;
	};

	const exporting: ExportPorts = {
		keyring: () => keyring,
		identity,
		staffId: opened.staffId,
		stretch: ports.stretch,
		lock: stores.lock,
		clock,
		record,
		openRequests: keeper.calls.openRequests,
		appointment: keeper.calls.appointment
	};
	const workspace: Workspace = {
		folderCopy: ports.folderCopy,
		get me() {
			return me();
		},
		get workplace() {
			return workplace;
		},
		get view() {
			return live.view;
		},
		subscribe: live.subscribe,
		...createRequestActs({
			record,
			request: keeper.calls.request,
			appointment: keeper.calls.appointment,
			randomBytes
		}),
		appointments: createAppointmentDesk({
			keeper: keeper.calls,
			untilClosed,
			isClosed: () => closed,
			record,
			clock,
			spaceId: identity.spaceId,
			me: { deviceId: identity.deviceId, staffId: opened.staffId },
			startReader: ports.startReader,
			randomBytes
		}),
		request: keeper.calls.request,
		batch: keeper.calls.batch,
		search: keeper.calls.search,
		timeline: async (id) => {
			const view = await keeper.calls.request(id);
			return view
				? readTimeline(view, { operations: keeper.calls.operations, staffName: nameOf, counterName: counterOf })
				: [];
		},
		saveDraft: drafts.save,
		discardDraft: drafts.discard,
		noticeNewIdentity: async () => {
			const noticed = (former: FormerIdentity) => ({ ...former, isNoticed: true });
			await stores.identity.update((now) => ({ ...now, former: now.former?.map(noticed) ?? [] }));
			live.set({ formerIdentities: live.view.formerIdentities.map((former) => ({ ...former, isNoticed: true })) });
		},
		exchangeNow: exchanges.exchangeNow,
		openCarriers: async () =>
			(await import('./carriers')).createCarriers({
				keeper: keeper.calls,
				peers: stores.peers,
				clock,
				view: () => live.view,
				heads: () => facts?.heads ?? new Map(),
				deviceCode: () => workplace.deviceCode,
				onChanged: async () => {
					await exchanges.reload();
					channel.tell({ type: 'servers-changed' });
				},
				onTaken: () => {
					channel.tell({ type: 'appended' });
					exchanges.changed();
				},
				onKeyringChanged: async () => {
					await followKeyring();
					channel.tell({ type: 'keyring-changed' });
				},
				onIdentityLost: ports.onIdentityLost
			}),
		...createKeyringActs({
			stores,
			clock,
			identity,
			stretch: ports.stretch,
			deviceKey,
			opened: () => person,
			keyring: () => keyring,
			heads: () => facts?.heads ?? new Map(),
			members: () =>
				new Set([...(facts?.devices ?? []), ...formers, { deviceId: identity.deviceId }].map((one) => one.deviceId)),
			reopened: async (renewed) => {
				person = renewed;
				await keys.renew(renewed, keyring);
			},
			changed: async () => {
				await followKeyring();
				channel.tell({ type: 'keyring-changed' });
				exchanges.changed();
			},
			lock: ports.lock,
			ownOrigin: () => location.origin,
			serversChanged: async () => {
				await exchanges.reload();
				channel.tell({ type: 'servers-changed' });
			},
			nameServer: async (origin, named) => {
				const view = { id: SETTINGS, fields: await keeper.calls.settingsFields() };
				const decided = decideServer(view, origin, named);
				return decided ? (decided.ok ? record([decided.value], null) : decided) : ok(undefined);
			}
		}),
		exportOpenRequests: createExport(exporting),
		exportAppointments: createAppointmentExport(exporting)
	};

	return {
		workspace,
		person: () => person,
		close: () => {
			closed = true;
			end();
			clearTimeout(restTimer);
			unlisten();
			unwatchCopies();
			exchanges.stop();
			keeper.stop();
			live.set(emptyView(startingHealth()));
		}
	};
}
