/** Settings of the backups, from the environment; plain JavaScript, since the scripts read it before anything is built. */
import path from 'node:path';

const DEFAULT_EVERY_HOURS = 6;
const DEFAULT_KEEP = 14;
const MAX_EVERY_HOURS = 24 * 7;
const MAX_KEEP = 1_000;

/**
 * @typedef {object} BackupConfig
 * @property {string} folder Absolute; on another disk or a stick.
 * @property {number} everyHours
 * @property {number} keep How many backups stay.
 */

/**
 * @param {(name: string) => string | null} read
 * @param {string[]} faults
 * @returns {BackupConfig | null} null: nothing is backed up by the server itself.
 */
export function backupOf(read, faults) {
	const folder = read('BACKUP_DIR');
	const everyHours = numberOf(read, 'BACKUP_EVERY', DEFAULT_EVERY_HOURS, MAX_EVERY_HOURS, 'Stunden', faults);
	const keep = keepOf(read, faults);
	if (folder === null) {
		if (read('BACKUP_EVERY')) faults.push('BACKUP_EVERY braucht BACKUP_DIR: den Ordner, in den gesichert wird.');
		return null;
	}
	return { folder: path.resolve(folder), everyHours, keep };
}

/**
 * How many backups stay in a folder.
 * @param {(name: string) => string | null} read
 * @param {string[]} faults
 */
export const keepOf = (read, faults) => numberOf(read, 'BACKUP_KEEP', DEFAULT_KEEP, MAX_KEEP, 'Sicherungen', faults);

/**
 * @param {(name: string) => string | null} read
 * @param {string} name
 * @param {number} otherwise
 * @param {number} most
 * @param {string} what
 * @param {string[]} faults
 */
function numberOf(read, name, otherwise, most, what, faults) {
	const value = read(name);
	if (value === null) return otherwise;
	const number = /^\d{1,4}$/.test(value) ? Number(value) : 0;
	if (number < 1 || number > most) faults.push(`${name} muss eine ganze Zahl von 1 bis ${most} sein (${what}).`);
	return number;
}
