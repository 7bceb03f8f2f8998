/** A counter PC on a network of a test: its Chromium runs within the namespace and trusts what its own certificate store holds. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../../scripts/chromium.js';
import type { NetworkNamespace } from '../support/network-namespace';
import { Device } from './device';

export interface LanDevice {
	readonly device: Device;
	/** As somebody does by hand, following the page of the server; each authority under a name of its own. */
	trust(authorityPem: string, name?: string): void;
	dispose(): Promise<void>;
}

export async function createLanDevice(network: NetworkNamespace, origin: string): Promise<LanDevice> {
	const home = mkdtempSync(join(tmpdir(), 'notschalter-home-'));
	const store = join(home, '.pki/nssdb');
	mkdirSync(store, { recursive: true });
	certutil('-N', '-d', `sql:${store}`, '--empty-password');
	const browser = join(home, 'browser');
	const path = chromiumLaunch().executablePath ?? chromium.executablePath();
	writeFileSync(browser, `#!/bin/sh\nexec ${network.command(path).join(' ')} "$@"\n`);
	chmodSync(browser, 0o700);
	const device = await Device.create(origin, { executablePath: browser, env: { ...process.env, HOME: home } });
	return {
		device,
		trust(authorityPem, name = 'Notschalter') {
			const file = join(home, 'notschalter-ca.pem');
			writeFileSync(file, authorityPem);
			certutil('-A', '-d', `sql:${store}`, '-t', 'C,,', '-n', name, '-i', file);
		},
		async dispose() {
			await device.dispose();
			rmSync(home, { recursive: true, force: true, maxRetries: 5 });
		}
	};
}

function certutil(...args: readonly string[]): void {
	const { status, stderr, error } = spawnSync('certutil', args, { encoding: 'utf8' });
	if (status === 0) return;
	throw new Error(
		`certutil (Debian: libnss3-tools; „npm test“ installs it as root) could not change the certificate store: ${error?.message ?? stderr}`
	);
}
