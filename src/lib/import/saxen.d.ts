/** The part of saxen that is used here; it brings no types of its own. */
declare module 'saxen' {
	export class Parser {
		on(
			event: 'openTag',
			take: (name: string, attributes: () => Readonly<Record<string, string>> | false) => void
		): this;
		on(event: 'closeTag', take: (name: string) => void): this;
		on(event: 'text' | 'cdata', take: (text: string) => void): this;
		on(event: 'error' | 'warn', take: (problem: Error) => void): this;
		/** The error, where no listener takes it. */
		parse(xml: string): Error | null;
	}
}
