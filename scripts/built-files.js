/** What the build holds: its files, and the content security policy that its pages ask for. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} Build
 * @property {ReadonlySet<string>} files Paths of all that is served as it is, pages without their ending.
 * @property {string} contentSecurityPolicy For pages, workers and assets.
 */

/**
 * @param {string} folder
 * @returns {Build}
 */
export function readBuild(folder) {
	const client = filesBelow(path.join(folder, 'client'));
	const prerendered = filesBelow(path.join(folder, 'prerendered'));
	const pages = prerendered.filter((file) => file.endsWith('.html'));
	const paths = [...client, ...prerendered.filter((file) => !file.endsWith('.html')), ...pages.map(pathOfPage)];
	const policies = pages.map((page) => policyOf(readFileSync(path.join(folder, 'prerendered', page), 'utf8')));
	return { files: new Set(paths), contentSecurityPolicy: joinPolicies(policies) };
}

/** @param {string} folder */
const filesBelow = (folder) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/\.(gz|br)$/.test(entry.name))
		.map((entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')}`);

/** @param {string} file */
const pathOfPage = (file) => file.replace(/\.html$/, '').replace(/\/index$/, '/');

/**
 * SvelteKit writes the policy with the hash of each page's inline script into a meta element.
 * @param {string} html
 */
function policyOf(html) {
	const meta = /<meta[^>]+http-equiv="content-security-policy"[^>]*>/i.exec(html)?.[0] ?? '';
	const content = /content="([^"]*)"/i.exec(meta)?.[1];
	if (!content) throw new Error('Eine gebaute Seite ist ohne Content-Security-Policy.');
	return content.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/**
 * One policy for all pages, as a header: each directive with all sources that any page asks for, and what a meta element cannot say.
 * @param {readonly string[]} policies
 */
export function joinPolicies(policies) {
	/** @type {Map<string, Set<string>>} */
	const sourcesByDirective = new Map();
	for (const policy of policies)
		for (const directive of policy.split(';')) {
			const [name, ...sources] = directive.trim().split(/\s+/);
			if (!name) continue;
			const joined = sourcesByDirective.get(name) ?? new Set();
			sources.forEach((source) => joined.add(source));
			sourcesByDirective.set(name, joined);
		}
	if (!sourcesByDirective.has('script-src')) throw new Error('Die gebauten Seiten nennen keine script-src.');
	sourcesByDirective.set('frame-ancestors', new Set(["'none'"]));
	return [...sourcesByDirective].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}
