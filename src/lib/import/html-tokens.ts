/** HTML from the clipboard, taken apart as plain text: tags and characters, and nothing ever becomes HTML again. */

export type HtmlToken =
	| { readonly type: 'text'; readonly text: string }
	| { readonly type: 'open' | 'close'; readonly name: string; readonly attributes: string };

/** Their content is no text for people. */
const SILENT = new Set([
	'script',
	'style',
	'head',
	'title',
	'noscript',
	'template',
	'svg',
	'math',
	'textarea',
	'select'
]);
const MAY_BE_SILENT = new Set([...SILENT].flatMap((name) => [name.charAt(0), name.charAt(0).toUpperCase()]));
/** A tag name, and attributes in which `>` may stand between quotes. */
const TAG = /<(\/?)([a-z][a-z0-9:]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/iy;

export function* htmlTokens(html: string): Generator<HtmlToken> {
	let at = 0;
	while (at < html.length) {
		const next = html.indexOf('<', at);
		if (next < 0 || next > at)
			yield { type: 'text', text: decodeEntities(html.slice(at, next < 0 ? undefined : next)) };
		if (next < 0) return;
		const silent = endOfSilent(html, next);
		if (silent !== null) {
			at = silent;
			continue;
		}
		TAG.lastIndex = next;
		const tag = TAG.exec(html);
		if (tag === null) yield { type: 'text', text: '<' };
		else
			yield { type: tag[1] === '/' ? 'close' : 'open', name: (tag[2] ?? '').toLowerCase(), attributes: tag[3] ?? '' };
		at = tag === null ? next + 1 : TAG.lastIndex;
	}
}

/** Behind a comment, a declaration, or an element that shows no text; null: none begins here. */
function endOfSilent(html: string, at: number): number | null {
	if (html.startsWith('<!--', at)) return behind(html, '-->', at + 4);
	const next = html[at + 1] ?? '';
	if (next === '!' || next === '?') return behind(html, '>', at);
	// Most tags of a table are told by their first letter.
	if (!MAY_BE_SILENT.has(next)) return null;
	const name = /^<([a-z]+)/i.exec(html.slice(at, at + 12))?.[1]?.toLowerCase() ?? '';
	if (!SILENT.has(name)) return null;
	const opened = behind(html, '>', at);
	const close = new RegExp(`</${name}`, 'gi');
	close.lastIndex = opened;
	const found = close.exec(html);
	// One that never closes hides all the rest from a browser as well.
	return found === null ? html.length : behind(html, '>', found.index);
}

function behind(html: string, mark: string, from: number): number {
	const at = html.indexOf(mark, from);
	return at < 0 ? html.length : at + mark.length;
}

/** Those that mails of German offices hold; another stays as it is written. */
const ENTITIES: { readonly [name: string]: string } = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	ensp: ' ',
	emsp: ' ',
	thinsp: ' ',
	shy: '',
	zwnj: '',
	auml: 'ä',
	ouml: 'ö',
	uuml: 'ü',
	Auml: 'Ä',
	Ouml: 'Ö',
	Uuml: 'Ü',
	szlig: 'ß',
	euro: '€',
	sect: '§',
	eacute: 'é',
	Eacute: 'É',
	egrave: 'è',
	aacute: 'á',
	agrave: 'à',
	acirc: 'â',
	ecirc: 'ê',
	ccedil: 'ç',
	Ccedil: 'Ç',
	oslash: 'ø',
	aring: 'å',
	aelig: 'æ',
	ntilde: 'ñ',
	scaron: 'š',
	Scaron: 'Š',
	ndash: '–',
	mdash: '—',
	hellip: '…',
	middot: '·',
	bull: '•',
	bdquo: '„',
	ldquo: '“',
	rdquo: '”',
	lsquo: '‘',
	rsquo: '’',
	sbquo: '‚',
	laquo: '«',
	raquo: '»'
};
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi;

export const decodeEntities = (text: string): string =>
	!text.includes('&')
		? text
		: text.replace(ENTITY, (whole: string, decimal?: string, hex?: string, name?: string) => {
				if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
				const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
				if (code === 0xa0) return ' ';
				return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
			});
