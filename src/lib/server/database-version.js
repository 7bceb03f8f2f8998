/** Which states of the database this version knows; plain JavaScript, since a backup is judged before anything is built. */

/** Names of all migrations, in order; migrations.ts holds what they do. */
export const MIGRATIONS = /** @type {const} */ (['0001-first-tables', '0002-contacts']);

export const NEWER_DATABASE =
	'Diese Datenbank gehört zu einer neueren Version von Notschalter. Es wurde nichts verändert. Bitte die neuere Version starten.';

/**
 * Whether a newer version of the server has brought the tables further than this one knows.
 * @param {readonly string[]} applied Names of the migrations that were run on it.
 */
export const isNewerDatabase = (applied) =>
	applied.some((name) => !(/** @type {readonly string[]} */ (MIGRATIONS).includes(name)));
