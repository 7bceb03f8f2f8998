/** A browser at the server's address. */
import { spawn } from 'node:child_process';
import process from 'node:process';

/** Settings of the server: what a browser and all that it starts inherits can be read by any of them. */
const OF_THE_SERVER =
	/^(HUB_CODE|CA_PASSPHRASE\w*|ENROLMENT_CODE|DATABASE_URL|DATA_DIR|TLS_(CERT|KEY)|BACKUP_\w+|KIT_\w+|NODE_OPTIONS)$/i;

/** @param {Readonly<Record<string, string | undefined>>} environment */
export const browserEnvironment = (environment) =>
	Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_THE_SERVER.test(name)));

/**
 * No browser is no reason to stop.
 * @param {string} address
 * @param {Readonly<Record<string, string | undefined>>} environment Of this process.
 * @param {() => void} onMissing When there is none to be started.
 */
export function openBrowser(address, environment, onMissing) {
	const [program, args] =
		process.platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', address]] : ['xdg-open', [address]];
	const browser = spawn(/** @type {string} */ (program), /** @type {string[]} */ (args), {
		stdio: 'ignore',
		detached: true,
		env: browserEnvironment(environment)
	});
	browser.once('error', onMissing);
	browser.unref();
}
