/** Bundles the Einlesedienst for Node: everything but the native SQLite, so that it runs without development packages. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
	resolve: { alias: { $lib: fileURLToPath(new URL('src/lib', import.meta.url)) } },
	publicDir: false,
	ssr: { noExternal: true, external: ['better-sqlite3'], target: 'node' },
	build: {
		ssr: 'src/lib/feed/main.ts',
		outDir: 'build-feed',
		emptyOutDir: true,
		target: 'node20',
		minify: false,
		rollupOptions: { output: { entryFileNames: 'feed.js', codeSplitting: false } }
	}
});
