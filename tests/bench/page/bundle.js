/** Bundles the bench’s page as the app is bundled: the same services, minified, with the same workers. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));

/** The app starts workers from here only. */
export const BASE = '/_app/immutable/bench/';

/** @param {string} folder where to */
export async function bundlePage(folder) {
	await build({
		configFile: false,
		root: path('.'),
		base: BASE,
		publicDir: false,
		logLevel: 'warn',
		resolve: { alias: { $lib: path('../../../src/lib') } },
		worker: { format: 'es' },
		build: { target: 'es2023', outDir: folder, emptyOutDir: true }
	});
}
