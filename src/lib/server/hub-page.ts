/** The status page as HTML: no script, one style sheet whose hash the policy names. */
import { createHash } from 'node:crypto';
import { concernsOf, nameOf } from './hub-concerns';
import type { HubDevice, HubSpace, HubStatus } from './hub-status';

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.2rem;margin:1.5rem 0 .5rem}
.concerns{border:3px solid #b3261e;padding:.5rem 1rem}.well{border:3px solid #1b6e3c;padding:.5rem 1rem}
.wide{overflow-x:auto}table{border-collapse:collapse;min-width:100%}
th,td{text-align:left;padding:.3rem .75rem .3rem 0;border-bottom:1px solid;vertical-align:top}td.number,th.number{text-align:right}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
@media(max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}`;

export const HUB_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const escape = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function hubPage(status: HubStatus): string {
	const concerns = concernsOf(status);
	return `<!doctype html>
<html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>Stand des Servers – Notschalter</title><style>${STYLE}</style></head>
<body><main><h1>Stand des Servers</h1>
<p>Um ${time(status.now)}. <a href="/hub">Neu laden</a>. Die Seite zeigt Nummern, Größen und Zeiten; Inhalte kann der Server nicht öffnen.</p>
${
	concerns.length === 0
		? '<p class="well">Alles in Ordnung.</p>'
		: `<section class="concerns" aria-labelledby="concerns"><h2 id="concerns">Zu tun</h2><ul>${concerns.map((sentence) => `<li>${escape(sentence)}</li>`).join('')}</ul></section>`
}
<h2>Server</h2><dl>${facts(status)
		.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`)
		.join('')}</dl>
${status.spaces.map(spaceSection).join('\n') || '<h2>Geräte</h2><p>Noch hat niemand auf diesem Server einen Verbund angelegt.</p>'}
</main></body></html>
`;
}

const facts = (status: HubStatus): readonly (readonly [string, string])[] => [
	['Adresse', status.origin],
	['Version', `Notschalter ${status.version}, Node.js ${status.node}, ${status.sqlite}`],
	['Läuft seit', time(status.startedAt)],
	[
		'Datenbank',
		`${size(status.databaseBytes)}; ${status.storage === 'ready' ? 'kann lesen und schreiben' : 'kann nicht speichern'}`
	],
	[
		'Datenträger',
		status.disk ? `${size(status.disk.freeBytes)} frei von ${size(status.disk.totalBytes)}` : 'nicht bekannt'
	],
	['Zertifikat', certificate(status)],
	['Sicherung', backup(status)]
];

const certificate = ({ certificate: held }: HubStatus): string =>
	held
		? `noch ${held.daysLeft} Tage gültig, bis ${time(held.validTo)}; für ${held.names}`
		: 'keines auf dieser Verbindung (nur dieser Rechner, oder ein Proxy davor)';

function backup({ backup: { last, everyHours } }: HubStatus): string {
	const rhythm = everyHours === null ? 'kein Zeitplan' : `alle ${everyHours} Stunden`;
	return last
		? `zuletzt ${time(last.at)}, ${size(last.sizeBytes)}, geprüft: ${last.file} (${rhythm})`
		: `noch keine (${rhythm})`;
}

const spaceSection = ({
	commune,
	devices
}: HubSpace): string => `<h2>Geräte von ${escape(commune)} (${devices.length})</h2>
<div class="wide" tabindex="0" role="region" aria-label="Geräte von ${escape(commune)}"><table><thead><tr><th scope="col">Gerät</th><th scope="col">Letzter Kontakt</th><th scope="col" class="number">Buchungen</th><th scope="col">Lücken</th><th scope="col" class="number">Größe</th><th scope="col">Aufgenommen</th></tr></thead>
<tbody>${devices.map(deviceRow).join('')}</tbody></table></div>`;

const deviceRow = (
	device: HubDevice
): string => `<tr><th scope="row">${escape(nameOf(device))}${device.revoked ? ', gesperrt' : ''}</th>
<td>${device.lastContactAt === null ? 'noch keiner' : time(device.lastContactAt)}</td><td class="number">${device.sequence}</td>
<td>${device.gaps.length === 0 ? 'keine' : device.gaps.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(', ')}</td>
<td class="number">${size(device.sizeBytes)}</td><td>${time(device.enrolledAt)}</td></tr>`;

const time = (ms: number): string =>
	new Date(ms).toLocaleString('de-DE', {
		timeZone: 'Europe/Berlin',
		...{ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' }
	});

const UNITS = [
	[1e9, 'GB'],
	[1e6, 'MB'],
	[1e3, 'kB']
] as const;

function size(bytes: number): string {
	const unit = UNITS.find(([least]) => bytes >= least);
	return unit ? `${(bytes / unit[0]).toFixed(1).replace('.', ',')} ${unit[1]}` : `${bytes} Byte`;
}
