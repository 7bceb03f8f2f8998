/** XML of a workbook as events: names without prefix, texts decoded. */
import { Parser } from 'saxen';

export interface XmlHandlers {
	readonly open: (name: string, attribute: (name: string) => string | null) => void;
	readonly close?: (name: string) => void;
	readonly text?: (text: string) => void;
}

/** False: it is no well-formed XML; what came before the fault has been told. */
export function readXml(xml: string, { open, close, text }: XmlHandlers): boolean {
	let sound = true;
	const parser = new Parser();
	parser.on('openTag', (name, attributes) => {
		open(localName(name), (wanted) => attributeOf(attributes(), wanted));
	});
	if (close !== undefined) parser.on('closeTag', (name) => close(localName(name)));
	if (text !== undefined) {
		parser.on('text', (raw) => text(decodeXml(raw)));
		parser.on('cdata', text);
	}
	parser.on('error', () => {
		sound = false;
	});
	parser.parse(xml);
	return sound;
}

/** Some programs write `x:row` for `row`. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributeOf(attributes: Readonly<Record<string, string>> | false, wanted: string): string | null {
	if (attributes === false || !Object.hasOwn(attributes, wanted)) return null;
	return decodeXml(attributes[wanted] ?? '');
}

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** By hand: saxen knows no characters beyond U+FFFF. */
const decodeXml = (text: string): string =>
	text.includes('&')
		? text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) => {
				if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
				const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
				return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
			})
		: text;
