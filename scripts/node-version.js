/** Which Node.js this runs on: said in a sentence before npm, Vite or a package says it in its own words. */
import process from 'node:process';

/** Least minor version of each line that all packages take; odd lines are between two of them and never lasted. */
const LEAST_MINOR = new Map([
	[20, 19],
	[22, 13]
]);
const FROM_MAJOR = 24;

/** @param {string} version As in `process.versions.node`. @returns {string | null} what is wrong with it, for whoever started */
export function nodeFault(version) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const least = LEAST_MINOR.get(major);
	if (major >= FROM_MAJOR || (least !== undefined && minor >= least)) return null;
	return `Notschalter braucht Node.js 20 (ab 20.19), 22 (ab 22.13) oder ab 24; hier läuft ${version}. Von https://nodejs.org installieren und noch einmal starten.`;
}

/** Ends the process with that sentence. */
export function checkNode() {
	const fault = nodeFault(process.versions.node);
	if (!fault) return;
	console.error(fault);
	process.exit(1);
}
