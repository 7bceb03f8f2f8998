/** A small marker outside IndexedDB: a device whose database vanished under it says so, and never starts as if it were new (LG3). */
import type { DeviceId } from '$lib/domain/ids';

/** The device id; a lower bound only, since localStorage lags behind after a kill (measured: 65 saves). */
const MARKER = 'notschalter.device';

export const writeMarker = (deviceId: DeviceId): void => localStorage.setItem(MARKER, deviceId);
export const hasMarker = (): boolean => localStorage.getItem(MARKER) !== null;
