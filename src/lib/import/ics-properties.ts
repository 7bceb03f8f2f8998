/** The lines of one event as properties, each read by ical.js on its own; lines that lost their name go to the text before. */
import ICAL from 'ical.js';

export interface IcsProperty {
	/** Small letters, as in jCal. */
	readonly name: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	/** Unescaped, of CATEGORIES each one; what is no text, as it stands. */
	readonly values: readonly string[];
	/** VALUE=DATE: days without a time. */
	readonly isDate: boolean;
	/** What stands after the colon, as it stands. */
	readonly raw: string;
	readonly line: string;
}

export interface PropertiesReading {
	readonly properties: ReadonlyMap<string, readonly IcsProperty[]>;
	/** Lines of a known name that ical.js rejects, by that name. */
	readonly rejected: ReadonlyMap<string, string>;
}

/** Their values are texts, unescaped by ical.js; of the others it reads the parameters only. */
const TEXT_VALUES = new Set(['uid', 'summary', 'description', 'location', 'categories']);
/** What is not among these is passed over, and can break nothing. */
const READ = new Set([
	...TEXT_VALUES,
	...`dtstart dtend duration rrule rdate exdate recurrence-id sequence last-modified dtstamp status attendee organizer
	x-microsoft-cdo-alldayevent`.split(/\s+/)
]);
/** Lines without a name are joined to these. */
const TEXTS = new Set(['summary', 'description', 'location', 'comment', 'contact', 'x-alt-desc']);
/** RFC 5545, 7986 and 9073: properties that an event may have, beside those above. */
const OTHERS = new Set(
	`attach class comment geo percent-complete priority resources completed due transp tzid tzname url contact related-to exrule created
	request-status name color image conference source location-type participant-type resource-type calendar-address styled-description
	structured-data concept link refid method version prodid calscale begin end`.split(/\s+/)
);
const NAME = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*[;:]/;
/** Longer texts are cut before they are read: no more than 2,000 characters are kept. */
const MAX_TEXT_LINE = 20_000;
const MAX_PARAMETERS = 4_000;
/** Exceptions of a series may be hundreds. */
const MAX_LINES_OF_ONE_NAME = 10_000;

export function propertiesOf(lines: readonly string[]): PropertiesReading {
	const properties = new Map<string, IcsProperty[]>();
	const rejected = new Map<string, string>();
	for (const { name, line } of contentLines(lines)) {
		if (!READ.has(name)) continue;
		const others = properties.get(name) ?? [];
		if (others.length >= MAX_LINES_OF_ONE_NAME) continue;
		const property = propertyOf(name, line);
		if (property === null) {
			rejected.set(name, line);
			continue;
		}
		others.push(property);
		properties.set(name, others);
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
	const colon = valueColon(line);
	if (colon === -1 || colon > MAX_PARAMETERS) return null;
	const isText = TEXT_VALUES.has(name);
	try {
		const read = ICAL.parse.property(line.slice(0, isText ? colon + MAX_TEXT_LINE : colon + 1)) as unknown[];
		const raw = line.slice(colon + 1).trim();
		const values = isText
			? read
					.slice(3)
					.flat()
					.filter((value) => typeof value === 'string')
			: [raw];
		return { name, parameters: read[1] as IcsProperty['parameters'], isDate: read[2] === 'date', values, raw, line };
	} catch {
		return null;
	}
}

/** The first colon that stands in no quotes; -1: none. */
function valueColon(line: string): number {
	let quoted = false;
	for (let i = 0; i < line.length; i++) {
		if (line[i] === '"') quoted = !quoted;
		else if (line[i] === ':' && !quoted) return i;
	}
	return -1;
}
