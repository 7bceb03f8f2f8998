/** Types of the app that SvelteKit looks for. */
import type { IncomingMessage } from 'node:http';
import type { DeviceId } from '$lib/domain/ids';

declare global {
	namespace App {
		interface Locals {
			/** The device whose token this call carries; null for calls without one. */
			deviceId: DeviceId | null;
		}
		/** What SvelteKit's adapter for Node.js hands to endpoints. */
		interface Platform {
			readonly req: IncomingMessage;
		}
	}
}

export {};
