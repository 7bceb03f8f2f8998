/** What counts of what somebody has signed, by role: judged by whoever reads it, since a key may have come into other hands. */
import { SETTINGS } from './office-settings';
import type { AnyOperation, FieldChanges } from './operation';
import type { Role } from './workplace';

/**
 * People write what they decide at a counter. The Einlesedienst says what the booking system's files say, and nothing else: its machine
 * runs unattended, so its key must not open, change or close anything that a counter did. Fields are looked at, not types alone, since
 * one type may carry any field of any subject.
 */
export function mayWrite(role: Role, operation: AnyOperation): boolean {
	if (role !== 'feed') return true;
	switch (operation.type) {
		case 'appointment-imported':
			return changesOnly(operation.body.changes, (path) => path === 'import');
		case 'import-profile-saved':
			return operation.subjectId === SETTINGS && changesOnly(operation.body.changes, isProfile);
		case 'device-joined':
			return changesOnly(operation.body.changes, () => false);
		case 'unknown':
			return operation.version > KNOWN_VERSION && OF_FEED.includes(operation.writtenType);
		default:
			return false;
	}
}

/** Of a newer version they are kept and counted, as everybody's are [SY7]; malformed ones of this are nobody's. */
const KNOWN_VERSION = 1;
const OF_FEED: readonly string[] = ['appointment-imported', 'import-profile-saved', 'device-joined'];

const isProfile = (path: string): boolean => path.startsWith('profiles/');

const changesOnly = (changes: FieldChanges, isTheirs: (path: string) => boolean): boolean =>
	Object.keys(changes).every(isTheirs);
