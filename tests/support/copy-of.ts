/** A further copy of a test's device, as one file. */
import { concat } from '$lib/crypto/bytes';
import { copyChunks } from '$lib/services/copy-content';
import type { DeviceStores } from '$lib/services/device-stores';

export async function copyOf({ stores }: { readonly stores: DeviceStores }): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of copyChunks(stores)) chunks.push(chunk);
	return concat(...chunks);
}
