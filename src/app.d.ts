/** Types of the app that SvelteKit looks for. */
import type { DeviceId } from '$lib/domain/ids';

declare global {
	namespace App {
		interface Locals {
			/** The device whose token this call carries; null for calls without one. */
			deviceId: DeviceId | null;
		}
	}
}

export {};
