/** Loaded before a script (`--import`): ends its process as a power cut does, before step `KILL_AT` of those that change a file's name or content. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const STEPS = /** @type {const} */ ([
	'mkdirSync',
	'copyFileSync',
	'writeFileSync',
	'fsyncSync',
	'linkSync',
	'renameSync',
	'rmSync'
]);

let step = 0;
for (const name of STEPS) {
	const real = /** @type {(...words: unknown[]) => unknown} */ (fs[name]);
	Object.assign(fs, {
		[name]: (/** @type {unknown[]} */ ...words) => {
			step += 1;
			if (step === Number(process.env.KILL_AT)) process.kill(process.pid, 'SIGKILL');
			if (name === 'linkSync' && process.env.NO_LINKS === '1')
				throw Object.assign(new Error('no links'), { code: 'EPERM' });
			return real(...words);
		}
	});
}
syncBuiltinESMExports();
