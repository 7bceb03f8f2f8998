/** Brings node_modules in step with the lock file, and finds or fetches a Chromium; needs nothing but Node. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chromiumPath } from './chromium.js';

/** Runs a program with its output shown. @param {string} command @param {string[]} args @returns {boolean} whether it went well */
export function run(command, args) {
	const npmOnWindows = process.platform === 'win32' && /^np[mx]$/.test(command);
	return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: npmOnWindows }).status === 0;
}

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }> | null} */
function lockedPackages(path) {
	if (!existsSync(path)) return null;
	return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** Is every package here, in the version that the lock file names? Parts for other platforms may lack. */
export function isInstalled() {
	const wanted = lockedPackages('package-lock.json') ?? {};
	const found = lockedPackages('node_modules/.package-lock.json');
	if (!found) return false;
	return Object.entries(wanted).every(
		([path, { version, optional }]) => path === '' || (optional && !found[path]) || found[path]?.version === version
	);
}

/** Installs with `npm ci` where something is missing or old. @returns {boolean} whether all is there now */
export function installIfStale() {
	return isInstalled() || run('npm', ['ci', '--no-fund', '--no-audit']);
}

/** On a Debian machine of our own (a container, CI) from its packages, else by Playwright. @returns {boolean} */
export function findChromium() {
	if (chromiumPath()) return true;
	return installFromDebian('chromium') || run('npx', ['playwright', 'install', 'chromium']);
}

/** What tests of the LAN mode need beside a browser: its certificate store is filled by one, networks are made by the other. */
const LAN_TOOLS = [
	{ command: 'certutil', asking: '-H', debian: 'libnss3-tools' },
	{ command: 'ip', asking: '-V', debian: 'iproute2' }
];

/** Installs them where that is ours to do. @returns {string[]} those that are missing still; their tests will say so */
export const findLanTools = () =>
	LAN_TOOLS.filter(
		({ command, asking, debian }) =>
			spawnSync(command, [asking], { stdio: 'ignore' }).error !== undefined && !installFromDebian(debian)
	).map(({ command, debian }) => `${command} (Debian: ${debian})`);

/** @param {string} name @returns {boolean} whether it is there now; false where the packages are not ours to change */
function installFromDebian(name) {
	if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
	process.env['DEBIAN_FRONTEND'] = 'noninteractive';
	return run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', name]);
}
