/** What the browser itself would write down: autofill, titles, history. No personal data gets near it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files';

const files = [...sourceFiles('src'), ...sourceFiles('static')];
const components = files.filter(({ path }) => path.endsWith('.svelte'));
const pathsWith = (pattern: RegExp, among = files): readonly string[] =>
	among.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

/** Opening tags by name, with all that stands in them; `>` within braces and quotes does not end them. */
const tagsOf = (code: string, names: string): readonly string[] =>
	code.match(new RegExp(`<(?:${names})\\b(?:"[^"]*"|\\{(?:[^{}]|\\{[^{}]*\\})*\\}|[^>"{])*>`, 'g')) ?? [];

/** Settings of a device and markers, never anything about a person. */
const MAY_USE_LOCAL_STORAGE = [
	'src/lib/services/device-marker.ts',
	'src/lib/ui/state/auto-advance.svelte.ts',
	'src/lib/ui/state/call-script.svelte.ts',
	'src/lib/ui/state/day-list-offered.svelte.ts',
	'src/lib/ui/state/receipt-paper.svelte.ts',
	'src/lib/ui/state/restart-news.svelte.ts',
	'src/lib/ui/state/single-keys.svelte.ts',
	'src/lib/ui/state/theme.svelte.ts',
	'static/theme.js'
];
/** Words from `ui/text`, or the name of a form. */
const OUR_TITLE = /^(pageTitle\()?(form\?\.title \?\? )?\w*[tT]ext\.[\w.]+\)?$/;
/** Tells one life of a page from the next; holds a fixed word. */
const MAY_USE_SESSION_STORAGE = ['src/lib/services/restart-test.ts'];

it('reads components at all', () => {
	expect(components.length).toBeGreaterThan(15);
	expect(components.flatMap(({ code }) => tagsOf(code, 'input|textarea|select')).length).toBeGreaterThan(4);
});

describe('inputs', () => {
	it('all say autocomplete="off"', () => {
		const open = components.flatMap(({ path, code }) =>
			tagsOf(code, 'input|textarea|select')
				.filter((tag) => !/\bautocomplete="off"/.test(tag) && !/type="file"/.test(tag))
				.map((tag) => `${path}: ${tag.slice(0, 60)}`)
		);
		expect(open).toEqual([]);
	});

	it('have one form for all, and it lets nothing be remembered', () => {
		const withForms = components.filter(({ code }) => tagsOf(code, 'form').length > 0);
		expect(withForms.map(({ path }) => path)).toEqual(['src/lib/ui/components/base/Form.svelte']);
		const [form] = tagsOf(withForms[0]?.code ?? '', 'form');
		expect(form).toMatch(/autocomplete="off"/);
		expect(form).toMatch(/spellcheck="false"/);
	});

	it('are never bound to the text of a page element', () =>
		expect(pathsWith(/<[^>]*\bcontenteditable\b/i, components)).toEqual([]));
});

describe('the history of the browser', () => {
	it('gets no title with anything but words of ours', () => {
		expect(pathsWith(/document\.title/)).toEqual([]);
		const spoken = components.flatMap(({ path, code }) =>
			[...code.matchAll(/<title>([\s\S]*?)<\/title>/g)].flatMap(([, title]) =>
				[...(title ?? '').matchAll(/\{([^}]*)\}/g)]
					.filter(([, expression]) => !OUR_TITLE.test(expression?.trim() ?? '') && !path.endsWith('+error.svelte'))
					.map(([expression]) => `${path}: ${expression}`)
			)
		);
		expect(spoken).toEqual([]);
	});

	it('gets no state: an address may be replaced, with nothing beside it', () => {
		expect(
			pathsWith(
				/history\.(state|pushState|replaceState)|\b(?:push|replace)State\((?![^,()]*(?:\([^()]*\)[^,()]*)*, \{\}\))|export const snapshot\b/
			)
		).toEqual([]);
	});
});

describe('storage in clear', () => {
	it('is kept to settings', () => {
		expect(pathsWith(/\blocalStorage\b/).filter((path) => !MAY_USE_LOCAL_STORAGE.includes(path))).toEqual([]);
	});
	it('knows no session', () => {
		expect(pathsWith(/\bsessionStorage\b/).filter((path) => !MAY_USE_SESSION_STORAGE.includes(path))).toEqual([]);
	});
	it('is no cookie', () => expect(pathsWith(/document\.cookie|cookies\.set/)).toEqual([]));
});

describe('the page', () => {
	it('is not sent to a translator', () => {
		const shell = readFileSync('src/app.html', 'utf8');
		expect(shell).toMatch(/<html lang="de" translate="no"/);
		expect(shell).toMatch(/name="google" content="notranslate"/);
	});
	it('takes no HTML from data', () =>
		expect(pathsWith(/\{@html\b|\.(inner|outer)HTML\b|insertAdjacentHTML/)).toEqual([]));
	it('loads nothing from elsewhere', () => {
		const shell =
			readFileSync('src/app.html', 'utf8') +
			readFileSync('src/app.css', 'utf8') +
			readFileSync('static/manifest.webmanifest', 'utf8');
		expect(shell.match(/(?:src|href|url\(|@import)[^\n]{0,10}https?:/g) ?? []).toEqual([]);
	});
	it('starts workers by the one policy only', () => {
		const starters = components.concat(files).filter(({ code }) => /new (Shared)?Worker\(/.test(code));
		expect(starters.filter(({ code }) => !/trustedScriptUrl\(/.test(code)).map(({ path }) => path)).toEqual([]);
	});
});
