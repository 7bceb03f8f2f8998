/** A data folder of the Einlesedienst for one test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openFeedDatabase, type FeedDatabase } from '$lib/feed/feed-database';
import { must } from './test-space';

export function feedFolder() {
	const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-feed-'));
	return {
		folder,
		open: (): FeedDatabase => must(openFeedDatabase(folder)),
		remove: () => rmSync(folder, { recursive: true, force: true })
	};
}
