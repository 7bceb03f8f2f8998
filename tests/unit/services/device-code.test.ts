import { describe, expect, it } from 'vitest';
import type { DeviceId } from '$lib/domain/ids';
import { newDeviceCode } from '$lib/services/device-code';

const device = (digit: string, deviceCode: string) => ({ deviceId: digit.repeat(32) as DeviceId, deviceCode });
const bytes = (...draws: number[]) => {
	const drawn = [...draws];
	return (length: number) => new Uint8Array(length).fill(drawn.shift() ?? 0);
};

describe('newDeviceCode', () => {
	it('keeps a code that nobody else has', () =>
		expect(newDeviceCode(device('b', '7KXM'), [device('b', '7KXM'), device('a', '7KXN')], bytes(1))).toBeNull());
	it('lets the device with the lower id keep it', () =>
		expect(newDeviceCode(device('a', '7KXM'), [device('b', '7KXM')], bytes(1))).toBeNull());
	it('draws until the code is free', () =>
		expect(newDeviceCode(device('b', '7KXM'), [device('a', '7KXM'), device('c', '1111')], bytes(1, 2))).toBe('2222'));
});
