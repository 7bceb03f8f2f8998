/** The lines of one event as properties, each read by ical.js on its own; lines that lost their name go to the text before. */
import ICAL from 'ical.js';

export interface IcsProperty {
	/** Small letters, as in jCal. */
	readonly name: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	/** Unescaped, as ical.js gives them; texts only, and none of a rule. */
	readonly values: readonly string[];
	/** What stands after the colon, as it stands. */
	readonly raw: string;
	readonly line: string;
}

export interface PropertiesReading {
	readonly properties: ReadonlyMap<string, readonly IcsProperty[]>;
	/** Lines of a known name that ical.js rejects, by that name. */
	readonly rejected: ReadonlyMap<string, string>;
}

/** The others are passed over, and can break nothing. */
const READ = new Set(
	`dtstart dtend duration rrule rdate exdate recurrence-id uid sequence last-modified dtstamp status summary description location
	categories attendee organizer x-microsoft-cdo-alldayevent`.split(/\s+/)
);
const TEXTS = new Set(['summary', 'description', 'location', 'comment', 'contact', 'x-alt-desc']);
/** RFC 5545, 7986 and 9073: properties that an event may have, beside those above. */
const OTHERS = new Set(
	`attach class comment geo percent-complete priority resources completed due transp tzid tzname url contact related-to exrule created
	request-status name color image conference source location-type participant-type resource-type calendar-address styled-description
	structured-data concept link refid method version prodid calscale begin end`.split(/\s+/)
);
const NAME = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*[;:]/;
/** Longer lines are cut: of a text no more than 2,000 characters are kept, and an attachment is not read. */
const MAX_TEXT_LINE = 20_000;
const MAX_ATTENDEES = 50;

export function propertiesOf(lines: readonly string[]): PropertiesReading {
	const properties = new Map<string, IcsProperty[]>();
	const rejected = new Map<string, string>();
	for (const { name, line } of contentLines(lines)) {
		const others = properties.get(name) ?? [];
		if (!READ.has(name) || (name === 'attendee' && others.length >= MAX_ATTENDEES)) continue;
		const property = propertyOf(name, TEXTS.has(name) ? line.slice(0, MAX_TEXT_LINE) : line);
		if (property === null) rejected.set(name, line);
		else properties.set(name, [...others, property]);
	}
	return { properties, rejected };
}

interface ContentLine {
	readonly name: string;
	line: string;
	/** Lines without a name have been joined to it: what follows is read with more doubt. */
	joined: boolean;
}

/** ZMS writes descriptions with bare line breaks: such lines belong to the text they stand below. */
function contentLines(lines: readonly string[]): readonly ContentLine[] {
	const found: ContentLine[] = [];
	let blanks = '';
	for (const line of lines) {
		const before = found.at(-1);
		const name = NAME.exec(line)?.[1] ?? '';
		if (line.trim() === '') blanks += '\\n';
		else if (isProperty(name, before?.joined === true)) {
			found.push({ name: name.toLowerCase(), line, joined: false });
			blanks = '';
		} else if (before !== undefined && TEXTS.has(before.name)) {
			before.line += `${blanks}\\n${line}`;
			before.joined = true;
			blanks = '';
		}
	}
	return found;
}

/** „Telefon: 030 …“ and „https://…“ look like properties; real ones are known, or are in capitals while nothing is amiss. */
function isProperty(name: string, amiss: boolean): boolean {
	const inCapitals = name !== '' && name === name.toUpperCase();
	const known = READ.has(name.toLowerCase()) || OTHERS.has(name.toLowerCase()) || /^x-/i.test(name);
	return amiss ? known && inCapitals : known || inCapitals;
}

function propertyOf(name: string, line: string): IcsProperty | null {
	try {
		const [, parameters, , ...values] = ICAL.parse.property(line) as [
			string,
			Record<string, unknown>,
			string,
			...unknown[]
		];
		const texts = values.flat().filter((value) => typeof value === 'string');
		return { name, parameters, values: texts, raw: valuePart(line), line };
	} catch {
		return null;
	}
}

/** After the first colon that stands in no quotes. */
function valuePart(line: string): string {
	let quoted = false;
	for (let i = 0; i < line.length; i++) {
		if (line[i] === '"') quoted = !quoted;
		else if (line[i] === ':' && !quoted) return line.slice(i + 1).trim();
	}
	return '';
}
