/** A certificate authority of the LAN mode as it lies below DATA_DIR, with a cheap seal. */
import { makeAuthority } from '../../scripts/lan/certificates.js';
import { sealKey } from '../../scripts/lan/sealed-key.js';
import { createTlsFiles } from '../../scripts/lan/tls-files.js';

export async function writeAuthority(dataDir: string): Promise<void> {
	const { certificate, privateKey } = makeAuthority({ title: 'Test', names: ['hub.local'], nowMs: Date.now() });
	const key = await sealKey(privateKey, 'eine lange Passphrase', { N: 1024, r: 8, p: 1 });
	createTlsFiles(dataDir).writeAuthority({ certificate, key });
}
