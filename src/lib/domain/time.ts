/** Instants, calendar dates and the Clock port; the domain itself never asks what time it is. */

declare const brand: unique symbol;
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number & { readonly [brand]: 'Instant' };
/** A calendar date without a time, `yyyy-mm-dd`. */
export type LocalDate = string & { readonly [brand]: 'LocalDate' };

export interface Clock {
	/** The raw clock of this machine, however wrong it is. */
	now(): Instant;
}

/** What was known of the device clock's error when something was written: true time = recordedAt + ms. */
export interface ClockOffset {
	readonly ms: number;
	/** Where it was learnt, e.g. the origin of a server. */
	readonly source: string;
}
