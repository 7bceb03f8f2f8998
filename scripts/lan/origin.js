/** Which address is the app's in the LAN mode: chosen once and kept, since another one is an empty app in every browser. */
import { hostOf, originOf } from './addresses.js';

/**
 * @typedef {object} Chosen
 * @property {string} origin
 * @property {boolean} isKept Whether it is to be written down.
 * @property {boolean} isGone It was chosen earlier and is this machine's no more.
 * @property {string[]} notices
 */

/**
 * @param {object} known
 * @param {string | null} known.given By ORIGIN.
 * @param {string | null} known.stored By an earlier start.
 * @param {import('./addresses.js').Machine} known.machine
 * @param {number} known.port
 * @returns {Chosen}
 */
export function chooseOrigin({ given, stored, machine, port }) {
	if (given) {
		const notices = stored && stored !== given ? [changed(stored, given)] : [];
		return { origin: given, isKept: true, isGone: false, notices };
	}
	const [first] = machine.lasting;
	if (stored) {
		const isGone = !belongsTo(stored, machine, port);
		return { origin: stored, isKept: true, isGone, notices: isGone ? [gone(stored, first, port)] : [] };
	}
	if (first) return { origin: originOf(first, port), isKept: true, isGone: false, notices: [] };
	return { origin: originOf('localhost', port), isKept: false, isGone: false, notices: [NO_NETWORK] };
}

/** @param {string} origin @param {import('./addresses.js').Machine} machine @param {number} port */
const belongsTo = (origin, { names, addresses }, port) =>
	[...names, ...addresses].some((host) => originOf(host, port) === origin);

const NO_NETWORK =
	'Dieser Rechner hat keine private Netzadresse; die App ist vorerst nur auf ihm selbst erreichbar. Netzwerkkabel oder WLAN verbinden und neu starten.';

/** @param {string} stored @param {string} given */
const changed = (stored, given) =>
	`ACHTUNG: Die Adresse war bisher ${stored} und ist jetzt ${given}. Unter der neuen Adresse ist die App in jedem Browser zunächst leer. Schalter, die unter der alten eingerichtet wurden, arbeiten dort weiter und tragen die neue Adresse unter „Abgleich“ ein.`;

/** @param {string} stored @param {string | undefined} now @param {number} port */
const gone = (stored, now, port) =>
	`ACHTUNG: Die Adresse ${stored} gehört nicht mehr zu diesem Rechner. Eingerichtete Schalter arbeiten weiter, gleichen aber nicht mehr ab. ` +
	`Am besten bekommt der Rechner die Adresse ${hostOf(stored)} mit Port ${new URL(stored).port || 443} zurück (fest vergeben, im Router oder in den Netzwerkeinstellungen). ` +
	(now
		? `Sonst an jedem Schalter unter „Abgleich“ den Server ${originOf(now, port)} eintragen; für neue Schalter dann mit ORIGIN=${originOf(now, port)} neu starten.`
		: 'Im Augenblick hat er gar keine private Netzadresse.');
