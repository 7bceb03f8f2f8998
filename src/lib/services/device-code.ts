/** Two devices that drew the same four characters for their case numbers: one of them draws again (DESIGN § 3.6). */
import { deviceCodeFromBytes } from '$lib/domain/case-number';
import type { DeviceFacts } from '$lib/domain/projection';
import type { Workplace } from '$lib/domain/workplace';

/**
 * A new code when a known device has this one's; null when there is nothing to do. Of two that meet, the one with the higher
 * id draws, so that they never swap codes. Numbers given before stay as they are printed.
 */
export function newDeviceCode(
	own: Pick<Workplace, 'deviceId' | 'deviceCode'>,
	devices: readonly Pick<DeviceFacts, 'deviceId' | 'deviceCode'>[],
	randomBytes: (length: number) => Uint8Array
): string | null {
	const others = devices.filter(({ deviceId }) => deviceId !== own.deviceId);
	const taken = new Set(others.map(({ deviceCode }) => deviceCode));
	if (!others.some((other) => other.deviceCode === own.deviceCode && other.deviceId < own.deviceId)) return null;
	for (;;) {
		const drawn = deviceCodeFromBytes(randomBytes(4));
		if (!taken.has(drawn)) return drawn;
	}
}
