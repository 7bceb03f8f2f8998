/** Exchanges with every server of this device, until one holds all of its own work. */
import { serverText, NO_SERVER, sentText, unsentText } from './feed-text';
import type { FeedDesk } from './feed-desk';
import type { FeedStores } from './sqlite-stores';

export interface Sent {
	/** At least one server holds everything this device has written. */
	readonly complete: boolean;
	/** What to say of each, in order. */
	readonly lines: readonly string[];
	/** A copy of this data folder works elsewhere: a new identity is to be taken, then sent again (SY15). */
	readonly identityLost: boolean;
	readonly keyringChanged: boolean;
}

export async function sendAll(desk: FeedDesk, stores: FeedStores): Promise<Sent> {
	const lines: string[] = [];
	let complete = false;
	let identityLost = false;
	let keyringChanged = false;
	const servers = await stores.servers.list();
	for (const { origin } of servers) {
		const report = await desk.exchange(origin);
		const unsent = await desk.unsentTo(origin);
		identityLost ||= report.identityLost;
		keyringChanged ||= report.keyringChanged;
		if (unsent === 0 && report.error === null) complete = true;
		if (unsent === 0 && report.error === null) lines.push(sentText(origin));
		else if (unsent === 0 && report.error) lines.push(`${serverText(report.error)} (${origin}).`);
		else lines.push(unsentText(origin, unsent, report.error));
	}
	if (servers.length === 0) lines.push(NO_SERVER);
	return { complete, lines, identityLost, keyringChanged };
}
