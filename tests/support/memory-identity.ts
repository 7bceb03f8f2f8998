/** Identity and device keys in memory, and a power cut at any step of what uses them. */
import type { DeviceIdentity, IdentityStore } from '$lib/storage/identity-store';
import type { DevicePublicKey } from '$lib/storage/device-key-store';
import { ok } from '$lib/domain/result';

export function createMemoryIdentity(first: DeviceIdentity): IdentityStore {
	let kept = first;
	return {
		load: async () => kept,
		save: async (identity) => {
			kept = identity;
			return ok(undefined);
		},
		update: async (change) => {
			kept = change(kept) ?? kept;
			return ok(undefined);
		}
	};
}

export function createMemoryDeviceKeys() {
	const keys = new Map<string, DevicePublicKey>();
	return {
		add: async (added: readonly DevicePublicKey[]) => {
			for (const key of added) if (!keys.has(key.deviceId)) keys.set(key.deviceId, key);
		},
		has: (deviceId: string) => keys.has(deviceId)
	};
}

export class PowerCut extends Error {}

/**
 * Ports that fail at one step, counted over all of them: before it reached the disk, or after, when nobody heard of it any more.
 * Every call is a step, so that none can be forgotten.
 */
export function createPowerCut(atStep: number, when: 'before' | 'after') {
	let step = 0;
	const watched = <T extends object>(port: T): T =>
		new Proxy(port, {
			get: (target, name, receiver) => {
				const member: unknown = Reflect.get(target, name, receiver);
				if (typeof member !== 'function') return member;
				return async (...args: unknown[]) => {
					const isLast = step++ === atStep;
					if (isLast && when === 'before') throw new PowerCut();
					const result: unknown = await member.apply(target, args);
					if (isLast) throw new PowerCut();
					return result;
				};
			}
		});
	return { watched, steps: () => step };
}
