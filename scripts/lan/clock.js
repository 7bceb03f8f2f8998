/** A computer whose battery is empty wakes up years ago: what it issues then nobody can use. */

/** Before this version was written; to be raised with releases. No certificate is issued by an earlier clock. */
const EARLIEST_MS = Date.parse('2026-11-01T00:00:00Z');

/** → a sentence when the clock cannot be right. @param {number} nowMs */
export function clockFault(nowMs) {
	if (nowMs >= EARLIEST_MS) return null;
	return `Die Uhr dieses Rechners steht auf ${shown(nowMs)}; so früh gab es diese Version noch nicht. Ein Zertifikat von diesem Tag wäre an keinem Gerät brauchbar, darum wird keines ausgestellt. Datum und Uhrzeit richtigstellen und neu starten.`;
}

/** @param {number} ms */
export const shown = (ms) =>
	new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeStyle: 'short' }).format(new Date(ms));
