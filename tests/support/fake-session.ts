/** A Session and a DeviceSetup that live in memory. */
import { err, ok } from '$lib/domain/result';
import type { DeviceSetup, LockScreenInfo, Session, SessionState, Workspace } from '$lib/services/workspace';
import { createFakeWorkspace } from './fake-workspace';
import { A_SHEET, at, ERIKA, MAX, WORKPLACE } from './invented-view';

export const aLockScreenInfo = (over: Partial<LockScreenInfo> = {}): LockScreenInfo => ({
	staff: [ERIKA, MAX].map(({ id, name }) => ({ id, name })),
	lastStaffId: ERIKA.id,
	workplace: WORKPLACE,
	savedCount: 1_234,
	unsentCount: 14,
	staffListAsOf: at('2023-11-12T14:03:00+01:00'),
	waitUntil: null,
	copies: null,
	...over
});

export interface FakeSession extends Session {
	readonly calls: readonly (readonly [act: string, ...args: readonly unknown[]])[];
	show(state: SessionState): void;
}

/** Password `richtig` unlocks, PIN 123456 opens the cover. */
export function createFakeSession(
	initial: SessionState = { type: 'unlocked', workspace: createFakeWorkspace() },
	workspace: Workspace = initial.type === 'unlocked' ? initial.workspace : createFakeWorkspace()
): FakeSession {
	let state = initial;
	let pin: string | null = null;
	let triesLeft = 5;
	const calls: [string, ...unknown[]][] = [];
	const listeners = new Set<() => void>();
	const show = (next: SessionState) => {
		state = next;
		for (const listener of listeners) listener();
	};
	return {
		calls,
		show,
		get state() {
			return state;
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		unlock: async (staffId, password) => {
			calls.push(['unlock', staffId, password]);
			if (password !== 'richtig') return err({ type: 'wrong-password', waitMs: 4_000 });
			show({ type: 'unlocked', workspace });
			return ok(undefined);
		},
		unlockWithRecoveryKey: async (code, staffId, newPassword) => {
			calls.push(['unlockWithRecoveryKey', code, staffId, newPassword]);
			if (!code.startsWith('7KXM4')) return err({ type: 'wrong-recovery-key' });
			show({ type: 'unlocked', workspace });
			return ok(undefined);
		},
		setPin: (digits) => {
			calls.push(['setPin', digits]);
			pin = digits;
			for (const listener of listeners) listener();
		},
		get hasPin() {
			return pin !== null;
		},
		openCover: (digits) => {
			calls.push(['openCover', digits]);
			if (digits === (pin ?? '123456')) {
				show({ type: 'unlocked', workspace });
				return true;
			}
			triesLeft--;
			show({ type: 'covered', staffName: ERIKA.name, triesLeft });
			return false;
		},
		lock: async () => {
			calls.push(['lock']);
			show({ type: 'locked', info: aLockScreenInfo() });
		},
		cover: () => {
			calls.push(['cover']);
			show({ type: 'covered', staffName: ERIKA.name, triesLeft });
		},
		stayHere: async () => {
			calls.push(['stayHere']);
			return ok(undefined);
		},
		goOnAnew: async () => {
			calls.push(['goOnAnew']);
			show({ type: 'locked', info: aLockScreenInfo() });
		},
		touch: () => calls.push(['touch'])
	};
}

export interface FakeSetup extends DeviceSetup {
	readonly calls: readonly (readonly [act: string, ...args: readonly unknown[]])[];
}

/** Join code 7KXM4-… is known; any other is wrong. */
export function createFakeSetup(over: Partial<DeviceSetup> = {}): FakeSetup {
	const calls: [string, ...unknown[]][] = [];
	let test: 'not-begun' | 'waiting-for-restart' = 'not-begun';
	return {
		calls,
		prepareFounding: async (input) => {
			calls.push(['prepareFounding', input]);
			return ok({
				sheet: { ...A_SHEET, commune: input.commune },
				complete: async () => {
					calls.push(['completeFounding']);
					return ok({ server: null });
				}
			});
		},
		prepareJoiningByFile: async (input) => {
			calls.push(['prepareJoiningByFile', input]);
			return err({ type: 'not-a-join-file' });
		},
		prepareJoining: async (origin, code) => {
			calls.push(['prepareJoining', origin, code]);
			if (
				!code
					.replace(/[^0-9A-Z]/gi, '')
					.toUpperCase()
					.startsWith('7KXM4')
			)
				return err({ type: 'wrong-code' });
			return ok({
				commune: WORKPLACE.commune,
				placeCode: WORKPLACE.placeCode,
				staff: [ERIKA, MAX].map(({ id, name }) => ({ id, name })),
				feeds: [],
				complete: async (input) => {
					calls.push(['completeJoining', input]);
					return input.password === 'richtig' ? ok(undefined) : err({ type: 'wrong-password', waitMs: 0 });
				}
			});
		},
		prepareFromCopy: async (files) => {
			calls.push(['prepareFromCopy', files.length]);
			return err({ type: 'not-a-copy' });
		},
		prepareRestoring: async (origin, sheet) => {
			calls.push(['prepareRestoring', origin, sheet]);
			if (!sheet.startsWith('7KXM4')) return err({ type: 'sheet-not-known' });
			return ok({
				commune: WORKPLACE.commune,
				placeCode: WORKPLACE.placeCode,
				staff: [ERIKA, MAX].map(({ id, name }) => ({ id, name })),
				complete: async (input) => {
					calls.push(['completeRestoring', input]);
					return ok(undefined);
				}
			});
		},
		restartTest: async () => test,
		beginRestartTest: async () => {
			calls.push(['beginRestartTest']);
			test = 'waiting-for-restart';
		},
		...over
	};
}
