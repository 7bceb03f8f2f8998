/** A calendar file cut into its events and zones, line by line, so that no broken one costs the others. */

export interface IcsCut {
	/** From 1, as they stand in the file. */
	readonly at: number;
	/** METHOD of the calendar around it, in capitals; '' where there is none. */
	readonly method: string;
	/** Unfolded, without those of alarms within; blank ones are among them. */
	readonly lines: readonly string[];
}

export interface IcsFile {
	readonly isCalendar: boolean;
	readonly events: readonly IcsCut[];
	/** Lines of each VTIMEZONE, its parts among them. */
	readonly zones: readonly (readonly string[])[];
}

interface Cutter {
	isCalendar: boolean;
	method: string;
	readonly events: IcsCut[];
	readonly zones: string[][];
	/** What is open: an event, a zone, or nothing that is of use. */
	open: { readonly kind: 'VEVENT' | 'VTIMEZONE'; readonly lines: string[] } | null;
	/** Components within an event that are passed over: alarms. */
	within: string[];
}

const BEGIN = /^BEGIN[ \t]*:[ \t]*([A-Z0-9-]+)[ \t]*$/i;
const END = /^END[ \t]*:[ \t]*([A-Z0-9-]+)[ \t]*$/i;
/** Nothing that may be within an event; where one begins or ends, the event has ended, said or not. */
const ENDS_EVENT = ['VEVENT', 'VCALENDAR', 'VTIMEZONE', 'VTODO', 'VJOURNAL', 'VFREEBUSY'];

/** Takes CRLF, LF and CR; END lines may lack, and calendars may follow each other. */
export function cutFile(text: string): IcsFile {
	const cutter: Cutter = { isCalendar: false, method: '', events: [], zones: [], open: null, within: [] };
	for (const line of unfolded(text)) take(cutter, line);
	close(cutter);
	return cutter;
}

/** RFC 5545, 3.1: a line that begins with a blank goes on with the one before. */
function unfolded(text: string): readonly string[] {
	const lines: string[] = [];
	for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
		if (/^[ \t]/.test(line) && lines.length > 0) lines[lines.length - 1] += line.slice(1);
		else lines.push(line);
	}
	return lines;
}

function take(cutter: Cutter, line: string): void {
	const begun = BEGIN.exec(line)?.[1]?.toUpperCase();
	if (begun !== undefined) return begin(cutter, begun, line);
	const ended = END.exec(line)?.[1]?.toUpperCase();
	if (ended !== undefined) return end(cutter, ended, line);
	if (cutter.open !== null) {
		if (cutter.within.length === 0) cutter.open.lines.push(line);
	} else cutter.method = /^METHOD[ \t]*:(.*)/i.exec(line)?.[1]?.trim().toUpperCase() ?? cutter.method;
}

function begin(cutter: Cutter, name: string, line: string): void {
	if (ENDS_EVENT.includes(name)) close(cutter);
	if (name === 'VCALENDAR') {
		cutter.isCalendar = true;
		cutter.method = '';
	} else if (name === 'VEVENT' || name === 'VTIMEZONE') cutter.open = { kind: name, lines: [] };
	else if (cutter.open?.kind === 'VEVENT') cutter.within.push(name);
	else cutter.open?.lines.push(line);
}

function end(cutter: Cutter, name: string, line: string): void {
	if (ENDS_EVENT.includes(name)) close(cutter);
	else if (cutter.open?.kind === 'VTIMEZONE') cutter.open.lines.push(line);
	else if (cutter.within.at(-1) === name) cutter.within.pop();
}

function close(cutter: Cutter): void {
	const { open, events, zones, method } = cutter;
	if (open?.kind === 'VEVENT') events.push({ at: events.length + 1, method, lines: open.lines });
	else if (open !== null) zones.push(open.lines);
	cutter.open = null;
	cutter.within = [];
}
