/** What an end-to-end test has at hand: a running server, and counter PCs with a browser each. */
import { test as base } from '@playwright/test';
import { Device } from './device';
import { ServerProcess } from './server-process';

interface Fixtures {
	/** Started; `server.kill()` is the attack, `server.start()` the recovery. */
	server: ServerProcess;
	/** A first counter PC without data; `device.open()` starts its browser. */
	device: Device;
	/** More of them. */
	newDevice: () => Promise<Device>;
	/** A further PC with a copy of this one's profile, as if its disk had been imaged. */
	copyOf: (device: Device) => Promise<Device>;
}

export const test = base.extend<Fixtures>({
	server: async ({}, use) => {
		const server = await ServerProcess.create();
		await server.start();
		await use(server);
		await server.dispose();
	},
	newDevice: async ({ server }, use) => {
		const devices: Device[] = [];
		await use(async () => {
			const device = await Device.create(server.origin);
			devices.push(device);
			return device;
		});
		for (const device of devices) await device.dispose();
	},
	copyOf: async ({}, use) => {
		const copies: Device[] = [];
		await use(async (device) => {
			const copy = await Device.copyOf(device);
			copies.push(copy);
			return copy;
		});
		for (const copy of copies) await copy.dispose();
	},
	device: async ({ newDevice }, use) => use(await newDevice())
});

export { expect } from '@playwright/test';
export { expectAccessible, expectGoodScreen, expectNoSidewaysScroll, expectPrivateInputs } from './page-checks';
