/**
 * Known holes in what is shipped: `npm audit`, judged. What runs on the server and what is bundled into the app counts, tools do not.
 * Where the registry answers no audits, that is said, and nothing is claimed.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const GRAVE = ['high', 'critical'];
const LIMIT_MS = 90_000;
/** Exit code of an audit that was not answered: neither passed nor failed. */
export const NOT_DONE = 75;

/**
 * @typedef {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {{ type: 'done', holes: string[] } | { type: 'not-done', why: string }} Verdict
 */

/**
 * Names of all that comes with these packages, themselves included.
 * @param {Lock} lock
 * @param {readonly string[]} roots
 * @returns {Set<string>}
 */
export function comingWith(lock, roots) {
	const names = new Set(roots);
	for (const name of names)
		for (const [place, { dependencies = {}, optionalDependencies = {} }] of Object.entries(lock.packages))
			if (place.endsWith(`node_modules/${name}`))
				for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) names.add(next);
	return names;
}

/**
 * @param {unknown} report What `npm audit --json` printed.
 * @param {ReadonlySet<string>} shipped
 * @returns {Verdict}
 */
export function judge(report, shipped) {
	if (typeof report !== 'object' || report === null || !('vulnerabilities' in report))
		return { type: 'not-done', why: whyNot(report) };
	const { vulnerabilities } = /** @type {{ vulnerabilities: Record<string, { severity: string, range?: string }> }} */ (
		report
	);
	const holes = Object.entries(vulnerabilities)
		.filter(([name, { severity }]) => shipped.has(name) && GRAVE.includes(severity))
		.map(([name, { severity, range }]) => `${name} ${range ?? ''} (${severity})`);
	return { type: 'done', holes };
}

/** @param {unknown} report */
const whyNot = (report) =>
	typeof report === 'object' && report !== null && 'message' in report ? String(report.message) : 'no answer';

/** Packages that files below a folder import by name. @param {string} folder @returns {string[]} */
function importedBelow(folder) {
	const names = new Set();
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || !/\.(ts|js|svelte|css)$/.test(entry.name)) continue;
		const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
		for (const [, name] of text.matchAll(/(?:from|import|import\()\s*['"]((?:@[\w-]+\/)?[a-z][\w.-]*)/g))
			names.add(name);
	}
	return [...names];
}

function main() {
	const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
	const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
	const imported = importedBelow('src').filter((name) => name in devDependencies);
	const shipped = comingWith(lock, [...Object.keys(dependencies), ...imported]);
	const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=30000'], {
		encoding: 'utf8',
		timeout: LIMIT_MS,
		maxBuffer: 64 * 1024 * 1024,
		shell: process.platform === 'win32'
	});
	const verdict = judge(parsed(stdout), shipped);
	if (verdict.type === 'not-done') {
		console.log(`AUDIT NOT DONE: the registry answered no audit (${verdict.why}).`);
		console.log(
			`${shipped.size} shipped packages were not checked for known holes. Run „node scripts/audit.js“ where it can.`
		);
		process.exitCode = NOT_DONE;
		return;
	}
	for (const hole of verdict.holes) console.error(`KNOWN HOLE: ${hole}`);
	console.log(`Audited ${shipped.size} shipped packages: ${verdict.holes.length} grave holes.`);
	process.exitCode = verdict.holes.length > 0 ? 1 : 0;
}

/** @param {string | null} text @returns {unknown} */
function parsed(text) {
	try {
		return JSON.parse(text ?? '');
	} catch {
		return null;
	}
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) main();
