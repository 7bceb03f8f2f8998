/** The operation by which a device becomes a member that others know by name. */
import type { DeviceId } from '$lib/domain/ids';
import type { Decision } from '$lib/domain/request';
import type { Workplace } from '$lib/domain/workplace';

/** What a device says of itself to the others. */
export const deviceJoined = (
	deviceId: DeviceId,
	publicKey: Uint8Array,
	{ site, counter, deviceCode }: Workplace
): Decision => ({
	type: 'device-joined',
	subjectId: deviceId as string as Decision['subjectId'],
	body: {
		publicKey: btoa(String.fromCharCode(...publicKey))
			.replace(/\+/g, '-')
			.replace(/\//g, '_')
			.replace(/=+$/, ''),
		site,
		counter,
		deviceCode,
		changes: {}
	}
});
