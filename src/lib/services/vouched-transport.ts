/** A device under a new identity is not known to a server yet: its former key vouches for it, where that is not revoked (SY15). */
import type { DeviceKey } from '$lib/sync/protocol';
import type { Transport } from '$lib/sync/transport';

/** Calls as `own`; refused as an unknown device, one of the formers has it enrolled, the newest first, and the call is made again. */
export function vouchedFor(own: Transport, formers: readonly Transport[], deviceKeys: readonly DeviceKey[]): Transport {
	return {
		...own,
		exchange: async (spaceId, offer, signal) => {
			const exchanged = await own.exchange(spaceId, offer, signal);
			if (exchanged.ok || exchanged.error.type !== 'needs-sign-in' || exchanged.error.problem !== 'unknown-device')
				return exchanged;
			for (const former of formers.toReversed()) {
				const enrolled = await former.enrolDevices(spaceId, deviceKeys);
				if (enrolled.ok) return own.exchange(spaceId, offer, signal);
			}
			return exchanged;
		}
	};
}
