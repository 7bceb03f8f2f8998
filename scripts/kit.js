/** `npm run kit`: the app with its own Node.js for Windows and Linux in one folder and one ZIP, to be started from a stick; see docs/kit.md. */
import process from 'node:process';
import { spawnSync } from 'node:child_process';
import { isBuildStale } from './build-state.js';
import { buildKit } from './kit/build-kit.js';
import { signingKey } from './kit/manifest.js';

const OUT = 'kit';

if (isBuildStale()) {
	console.log('Die App wird gebaut …');
	const { status } = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], {
		stdio: 'inherit'
	});
	if (status !== 0) process.exit(1);
}
const { privateKey, isNew } = signingKey(process.env.KIT_KEY_FILE);
const { zip, fingerprint, folderBytes, zipBytes } = await buildKit(`${OUT}/Notschalter`, privateKey, new Date());
/** @param {number} bytes */
const inMegabytes = (bytes) => `${(bytes / 1e6).toFixed(1).replace('.', ',')} MB`;
console.log(`Ordner:      ${OUT}/Notschalter (${inMegabytes(folderBytes)})`);
console.log(`ZIP:         ${zip} (${inMegabytes(zipBytes)})`);
console.log(`Schlüssel:   ${fingerprint}`);
if (isNew)
	console.log(
		'Der Schlüssel wurde nur für dieses Kit gemacht (KIT_KEY_FILE war nicht gesetzt). Er zeigt, ob etwas beschädigt ist, nicht, wer es gemacht hat.'
	);
