/** Where an import stands, and why it went no further. */
import type { ImportProfile, ImportReading, UnreadableReason } from '$lib/domain/appointment-import';
import type { AppointmentDesk, ImportReport, ProgressOf } from '$lib/services/appointment-desk';
import type { LocalDate } from '$lib/domain/time';
import type { SaveError } from '$lib/services/workspace';
import type { SortedPreview } from './import-preview';

export type NeedsMapping = Extract<ImportReading, { type: 'needs-mapping' }>;
export type NeedsDate = Extract<ImportReading, { type: 'needs-date' }>;

export type ImportStep =
	| { readonly type: 'start' }
	| { readonly type: 'reading' }
	| { readonly type: 'mapping'; readonly reading: NeedsMapping }
	| { readonly type: 'date'; readonly reading: NeedsDate }
	| { readonly type: 'preview'; readonly preview: SortedPreview }
	| { readonly type: 'taking'; readonly preview: SortedPreview }
	| { readonly type: 'report'; readonly preview: SortedPreview; readonly report: ImportReport };

/** Why nothing was read; nothing was changed either. */
export type ImportNotice =
	UnreadableReason | 'reader-failed' | 'took-too-long' | 'folder' | 'image' | 'nothing' | 'nothing-pasted' | 'window';

/** What failed on the way to the disk, and how much was there by then. */
export interface ImportFailure {
	readonly error: SaveError;
	readonly progress: ProgressOf;
}

/** What it asks of the counter. */
export interface ImportPorts {
	readonly desk: Pick<AppointmentDesk, 'read' | 'takeIn' | 'saveProfile'>;
	profiles(): readonly ImportProfile[];
	today(): LocalDate;
}
