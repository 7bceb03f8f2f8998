/** SvelteKit: one prerendered shell that works under every deep link, and a server by adapter-node. */
import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ out: 'build' }),
		// The shell of `/` answers every address, so its links must not depend on the depth of the URL.
		paths: { relative: false },
		// Only the shell is rendered ahead; every other page is drawn from it on the device.
		prerender: { entries: ['/'], crawl: false, handleUnseenRoutes: 'ignore' },
		// Registered by workbox-window, which also tells of updates.
		serviceWorker: { register: false },
		// No `name`: the config is read more than once, and a time of our own would make shell and chunks disagree.
		version: { pollInterval: 0 },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self'],
				// Positions that libraries and Svelte set as attributes; no style sheet can come in this way.
				'style-src-attr': ['unsafe-inline'],
				// KERN's icons are data URIs.
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'worker-src': ['self'],
				// An office may use several servers; the price is in docs/security.md.
				'connect-src': ['self', 'https:'],
				'manifest-src': ['self'],
				'object-src': ['none'],
				'frame-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'notschalter-script-url']
			}
		}
	}
};
