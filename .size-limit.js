/** Budgets of the build; `npm run size` after `npm run build`. */
import { firstLoadScripts, precachedFiles } from './scripts/first-load.js';

export default [
	{ name: 'First load, JavaScript', path: firstLoadScripts(), gzip: true, limit: '200 KB' },
	{ name: 'Kept on the device, everything', path: precachedFiles(), gzip: true, limit: '1.55 MB' },
	{ name: 'Service worker', path: 'build/client/service-worker.js', gzip: true, limit: '12 KB' }
];
