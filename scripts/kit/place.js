/** Whether these scripts lie in a kit, and where that is. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Written into the app of a kit; never into a project. */
export const KIT_MARK = 'kit.json';

const APP = fileURLToPath(new URL('../..', import.meta.url));

const START_FILE = process.platform === 'win32' ? ['.\\Notschalter-starten'] : ['sh', 'notschalter-starten.sh'];

/** Folder of the kit, or null in a project. @returns {string | null} */
export const kitRoot = () => (existsSync(path.join(APP, KIT_MARK)) ? path.dirname(path.resolve(APP)) : null);

/**
 * How a person calls one of the kit's or the project's commands.
 * @param {string} command
 * @param {string} [word] What it is given.
 */
export const commandLine = (command, word) =>
	(kitRoot() ? [...START_FILE, command] : ['npm run', command, ...(word ? ['--'] : [])]).concat(word ?? []).join(' ');
