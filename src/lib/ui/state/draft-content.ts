/** What is sealed of a half-filled form, and its parser: a draft may be older than this version. */
import * as v from 'valibot';
import type { JsonValue } from '$lib/domain/operation';

const typed = v.record(v.string(), v.string());
const draftContent = v.object({
	version: v.literal(1),
	typed,
	papers: v.record(v.string(), v.picklist(['present', 'missing', 'not-needed'])),
	note: v.string(),
	urgency: v.picklist(['normal', 'high', 'immediate']),
	urgencyReason: v.string(),
	received: v.nullable(v.object({ date: v.string(), time: v.string(), reason: v.string() })),
	bulk: v.boolean(),
	vehicles: v.array(v.object({ rowId: v.string(), typed })),
	/** The appointment it is for; drafts of older versions have none. */
	appointmentId: v.optional(v.nullable(v.string()), null)
});

export type DraftContent = v.InferOutput<typeof draftContent>;
export type DraftVehicle = DraftContent['vehicles'][number];

/** The form as it was typed, or null for what this version cannot read. */
export function parseDraftContent(content: JsonValue): DraftContent | null {
	const parsed = v.safeParse(draftContent, content);
	return parsed.success ? parsed.output : null;
}
