/** Session: who is unlocked here, and everything that ends it. */
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { foldKeyring, openPerson, type KeyringState, type OpenedPerson } from '$lib/crypto/keyring';
import type { StaffId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock, ClockOffset, Instant } from '$lib/domain/time';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import { waitUntilOf } from '$lib/storage/lock-store';
import { copiesNews } from './copies-news';
import { missingBy, readMarker } from './device-marker';
import { identityAtEntry } from './identity-at-entry';
import { watchIdle } from './idle-watch';
import { unlockErrorOf } from './keyring-acts';
import { passOnLackingKeys } from './lacking-keys';
import { attemptPassword } from './password-attempts';
import { setPasswordByRecovery } from './recovery';
import type { DeviceStores } from './device-stores';
import { staffOf } from './staff-list';
import type { WindowChannel } from './window-channel';
import type { CopiesNews, LockScreenInfo, Session, SessionState, UnlockError } from './workspace';
import type { OpenWorkspace } from './open-workspace';

export interface SessionPorts {
	readonly stores: DeviceStores;
	readonly clock: Clock;
	readonly channel: WindowChannel;
	readonly stretch: PasswordStretcher;
	/** What a server last said of this device's clock. */
	readonly knownClock: { readonly offset: ClockOffset | null };
	/** All of this device as one sealed file. */
	copyDevice(): Promise<{ readonly name: string; readonly content: Blob }>;
	/** Builds what an unlocked counter has at hand; `close` forgets it. */
	openWorkspace(
		identity: DeviceIdentity,
		opened: OpenedPerson,
		keyring: KeyringState,
		onOpening: (done: number, total: number) => void
	): Promise<OpenWorkspace>;
}

/** The session, with what setting up needs: a way to become unlocked without a second password. */
export interface SessionControl extends Session {
	/** Reads what is on this device and shows the lock screen, the set-up page or what is wrong. */
	start(): Promise<void>;
	/** After setting up: keys are open already. */
	enter(identity: DeviceIdentity, opened: OpenedPerson): Promise<Result<void, UnlockError>>;
	/** This device's id lives a second life elsewhere (SY15): begins anew under a new one, with the person who works here. */
	renewIdentity(): Promise<void>;
	fail(detail: string): void;
}

const PIN_TRIES = 5;
const TOUCH_TOLD_EVERY_MS = 10_000;

export function createSession(ports: SessionPorts): SessionControl {
	const { stores, clock, channel, stretch } = ports;
	let state: SessionState = { type: 'starting' };
	let opened: OpenWorkspace | null = null;
	let idle: ReturnType<typeof watchIdle> | null = null;
	let pin: string | null = null;
	let triesLeft = PIN_TRIES;
	let touchTold = 0;
	let news: CopiesNews | null = null;
	/** How often this window was locked: an unlocking that a lock overtakes opens nothing. */
	let locks = 0;
	/** Ends the question for the counter's name. */
	let stopNaming: () => void = () => undefined;
	let renewing = false;
	let turn: Promise<unknown> = Promise.resolve();
	const listeners = new Set<() => void>();

	const show = (next: SessionState) => {
		state = next;
		for (const listener of listeners) listener();
	};

	async function lockScreenInfo(identity: DeviceIdentity): Promise<LockScreenInfo> {
		const keyring = await loadKeyring(identity);
		const { lastStaffId, attempts } = await stores.lock.load();
		const heads = await stores.log.heads();
		return {
			staff: staffOf(keyring),
			lastStaffId,
			workplace: identity.workplace,
			savedCount: (await stores.log.size()).operations,
			unsentCount: await stores.servers.unsentCount(heads),
			staffListAsOf: ((await stores.keyring.asOf()) ?? identity.createdAt) as Instant,
			waitUntil: waitUntilOf(attempts, clock.now()),
			copies: news
		};
	}

	const loadKeyring = async (identity: DeviceIdentity): Promise<KeyringState> =>
		foldKeyring(identity.spaceId, await stores.keyring.loadRecords());

	/**
	 * What this device certainly wrote and has in neither copy: its numbers may be used up beyond what it knows of, so nobody
	 * writes here under this identity.
	 */
	async function missingHere(identity: DeviceIdentity | null): Promise<number> {
		const head = identity && (await stores.log.ownHead(identity.deviceId));
		// Given up: what is written next is written under a new one (SY15).
		if (head?.commonTo !== undefined) return 0;
		return missingBy(await readMarker(), identity, head?.sequence ?? 0);
	}

	async function showLockScreen(): Promise<void> {
		const identity = await stores.identity.load();
		const missing = await missingHere(identity);
		if (identity && missing > 0) show({ type: 'damaged', detail: 'operations-missing', missing });
		else if (identity?.movedTo !== undefined)
			show({ type: 'moved', to: identity.movedTo, workplace: identity.workplace, copy: ports.copyDevice });
		else if (identity) show({ type: 'locked', info: await lockScreenInfo(identity) });
		else if (stores.damage.rows().length > 0) show({ type: 'damaged', detail: 'identity-damaged', missing });
		else if (news?.withoutSecond === 'newer-version') show({ type: 'damaged', detail: 'newer-version' });
		else if (await readMarker()) show({ type: 'damaged', detail: 'database-empty', missing });
		else show({ type: 'not-set-up' });
	}

	async function start(): Promise<void> {
		try {
			news = copiesNews(await stores.bringTogether((done, total) => show({ type: 'rebuilding', done, total })));
			await showLockScreen();
		} catch {
			// The disk gave nothing, or took nothing: whatever is there must not look like a device that was never set up.
			show({ type: 'damaged', detail: 'rebuild-failed' });
		}
	}

	/** Forgets keys and state first; what is shown afterwards may take its time. */
	async function lockHere(): Promise<void> {
		const ending = opened;
		locks++;
		stopNaming();
		opened = null;
		pin = null;
		idle?.stop();
		idle = null;
		if (!ending) return;
		show({ type: 'starting' });
		ending.close();
		await showLockScreen();
	}

	function coverHere(): void {
		if (!opened || state.type !== 'unlocked') return;
		// Without a PIN there is no cover to lift; other windows keep their own.
		if (pin === null) void lockHere();
		else show({ type: 'covered', staffName: opened.workspace.me.name, triesLeft });
	}

	/** Whoever covers one window leaves the counter: what another one shows could be read just as well. */
	function cover(): void {
		if (pin !== null) channel.tell({ type: 'cover' });
		coverHere();
	}

	async function lock(): Promise<void> {
		channel.tell({ type: 'lock' });
		await lockHere();
	}

	channel.listen((message) => {
		if (message.type === 'lock') void lockHere();
		if (message.type === 'cover') coverHere();
		// Covered too: its deadline would lock the window in which somebody works.
		if (message.type === 'touched') idle?.touch();
		if (message.type === 'identity-changed') void renewIdentity();
	});

	/** A clone of a template is asked for its counter's name once; keys wait for the answer no longer than for any input. */
	function nameCounter({ workplace }: DeviceIdentity): Promise<string | null> {
		const watch = watchIdle((stage) => stage === 'lock' && void lock());
		return new Promise<string | null>((resolve) => {
			stopNaming = () => resolve(null);
			show({ type: 'naming-counter', workplace, name: (counter) => resolve(counter.trim()) });
		}).finally(() => {
			watch.stop();
			stopNaming = () => undefined;
		});
	}

	/**
	 * `isCovered`: another identity is taken behind the cover, and the screen stays as it is. `before`: what `locks` was when the
	 * unlocking began; whoever has locked or moved this device since then is not overruled.
	 */
	async function enter(
		identity: DeviceIdentity,
		person: OpenedPerson,
		isCovered = false,
		before = locks
	): Promise<Result<void, UnlockError>> {
		const isMoved = (await stores.identity.load())?.movedTo !== undefined;
		if (isMoved || locks !== before) {
			await showLockScreen();
			return ok(undefined);
		}
		const progress = (done: number, total: number) => {
			if (!isCovered) show({ type: 'unlocking', step: 'opening', done, total });
		};
		progress(0, 0);
		const current = await identityAtEntry(
			{ stores, clock, nameCounter, clockOffset: ports.knownClock.offset, loadKeyring: () => loadKeyring(identity) },
			identity,
			person
		);
		if (!current.ok) {
			await showLockScreen();
			return err({ type: 'damaged', detail: 'identity-not-written' });
		}
		if (current.value === null || locks !== before) {
			await showLockScreen();
			return ok(undefined);
		}
		if (current.value.deviceId !== identity.deviceId) channel.tell({ type: 'identity-changed' });
		const entering = await ports.openWorkspace(current.value, person, await loadKeyring(identity), (done, total) => {
			if (state.type === 'unlocking') progress(done, total);
		});
		// Good to know the next time; a full disk keeps nobody out.
		await Promise.allSettled([
			stores.lock.succeeded(person.staffId),
			stores.keyring.noteOpened(person.staffId, person.entryId)
		]);
		if (locks !== before) {
			entering.close();
			await showLockScreen();
			return ok(undefined);
		}
		opened = entering;
		// It was read on the lock screen; what is still so is found again at the next start.
		news = null;
		if (!isCovered) triesLeft = PIN_TRIES;
		idle?.stop();
		idle = watchIdle((stage) => {
			if (stage === 'lock') void lock();
			else if (stage === 'cover') coverHere();
		});
		if (!isCovered) show({ type: 'unlocked', workspace: entering.workspace });
		return ok(undefined);
	}

	async function renewIdentity(): Promise<void> {
		const ending = opened;
		const identity = await stores.identity.load();
		if (!ending || !identity || renewing || opened !== ending) return;
		renewing = true;
		opened = null;
		const isCovered = state.type === 'covered';
		try {
			// Shown first: what is being typed is kept as a draft as long as the workspace takes it.
			if (!isCovered) show({ type: 'unlocking', step: 'opening', done: 0, total: 0 });
			ending.close();
			await enter(identity, ending.person(), isCovered);
		} catch {
			await showLockScreen();
		} finally {
			renewing = false;
		}
	}

	/** One after the other, and none when the one before has unlocked; a fault ends where another attempt can be made. */
	function attempt<E extends { readonly type: string }>(
		step: (identity: DeviceIdentity, keyring: KeyringState) => Promise<Result<OpenedPerson, E>>
	): Promise<Result<void, E | UnlockError>> {
		const next = turn.then(async (): Promise<Result<void, E | UnlockError>> => {
			if (opened) return ok(undefined);
			try {
				return await attemptOnce(step);
			} catch {
				await showLockScreen();
				return err({ type: 'damaged', detail: 'workspace-failed' });
			}
		});
		turn = next.catch(() => undefined);
		return next;
	}

	/** Runs an attempt behind the growing pause, and enters when it opened somebody. */
	async function attemptOnce<E extends { readonly type: string }>(
		step: (identity: DeviceIdentity, keyring: KeyringState) => Promise<Result<OpenedPerson, E>>
	): Promise<Result<void, E | UnlockError>> {
		const identity = await stores.identity.load();
		if (!identity) return err({ type: 'damaged', detail: 'no-identity' });
		if ((await missingHere(identity)) > 0) return err({ type: 'damaged', detail: 'operations-missing' });
		if (identity.movedTo !== undefined) {
			await showLockScreen();
			return err({ type: 'damaged', detail: 'moved' });
		}
		const before = locks;
		const person = await attemptPassword(stores.lock, clock, async () => {
			show({ type: 'unlocking', step: 'password', done: 0, total: 0 });
			return step(identity, await loadKeyring(identity));
		});
		if (person.ok) return enter(identity, person.value, false, before);
		await showLockScreen();
		return person;
	}

	return {
		get state() {
			return state;
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		start,
		renewIdentity,
		fail: (detail) => show({ type: 'damaged', detail }),
		enter,
		unlock: (staffId: StaffId, password: string) =>
			attempt(async (identity, keyring) => {
				const { spaceSecret } = identity;
				const lastOpened = await stores.keyring.lastOpened(staffId);
				const person = await openPerson(keyring, staffId, password, spaceSecret, stretch, lastOpened);
				if (!person.ok) return err(unlockErrorOf(person.error));
				await passOnLackingKeys({ stores, clock, stretch }, identity, keyring, person.value, password);
				return person;
			}),
		unlockWithRecoveryKey: (code, staffId, newPassword) =>
			attempt((identity, keyring) =>
				setPasswordByRecovery({ stores, clock, stretch }, identity, keyring, { code, staffId, newPassword })
			),
		get hasPin() {
			return pin !== null;
		},
		setPin: (digits) => {
			pin = digits;
			triesLeft = PIN_TRIES;
		},
		openCover: (digits) => {
			if (state.type !== 'covered') return false;
			// May find that the time is over, and lock.
			idle?.touch();
			if (!opened) return false;
			if (digits === pin) {
				triesLeft = PIN_TRIES;
				show({ type: 'unlocked', workspace: opened.workspace });
				return true;
			}
			triesLeft--;
			if (triesLeft <= 0) void lock();
			else show({ type: 'covered', staffName: opened.workspace.me.name, triesLeft });
			return false;
		},
		lock,
		cover,
		goOnAnew: async () => {
			const identity = await stores.identity.load();
			if (!identity || (await missingHere(identity)) === 0) return;
			const { sequence } = await stores.log.ownHead(identity.deviceId);
			await stores.log.stopWriting(identity.deviceId, sequence);
			await showLockScreen();
		},
		stayHere: async () => {
			const stayed = await stores.identity.update(({ movedTo: _moved, ...identity }) => identity);
			await showLockScreen();
			return stayed.ok ? ok(undefined) : err({ type: 'not-written', name: stayed.error.name });
		},
		touch: () => {
			if (state.type !== 'unlocked') return;
			idle?.touch();
			if (Date.now() - touchTold < TOUCH_TOLD_EVERY_MS) return;
			touchTold = Date.now();
			channel.tell({ type: 'touched' });
		}
	};
}
