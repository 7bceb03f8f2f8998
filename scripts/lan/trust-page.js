/** The page on plain HTTP: how a counter comes to trust this server, in pictures. Needs no script. */
import { renderSVG } from 'uqr';
import { fingerprintsOf } from './certificates.js';
import * as pictures from './pictures.js';
import { TRUST_STYLE } from './trust-style.js';

/**
 * @param {object} parts
 * @param {string} parts.origin Of the app; a checked URL, so that nothing in it needs escaping.
 * @param {boolean} parts.isOriginGone
 * @param {import('node:crypto').X509Certificate | null} parts.authority
 */
export const trustPage = ({ origin, isOriginGone, authority }) => `<!doctype html>
<html lang="de" translate="no">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>Diesem Server vertrauen – Notschalter</title>
<style>${TRUST_STYLE}</style>
</head>
<body>
<main>
<h1>Diesem Server vertrauen</h1>
<p>Die App <strong>Notschalter</strong> läuft nur über eine verschlüsselte Verbindung. Dazu muss dieser Computer oder dieses Tablet den Server der Dienststelle einmal kennenlernen. Das dauert etwa zwei Minuten und wird auf jedem Gerät nur einmal gemacht.</p>
${pictures.HOW_IT_FITS}
${authority ? stepsOf(origin, authority) : `<p class="print">Das Stammzertifikat dieses Servers fehlt zurzeit. Bitte bei der Person melden, die den Server betreut.</p>`}
<h2>${authority ? 'Schritt 3: ' : ''}Die App öffnen</h2>
${isOriginGone ? `<p class="print">Diese Adresse gehört zurzeit nicht zu dem Server, von dem diese Seite kommt. Bitte der Person Bescheid geben, die den Server betreut.</p>` : ''}
<p><a class="button" href="${origin}/">${origin.replace('https://', '')} öffnen</a></p>
<p>Die Adresse immer mit <code>https://</code> eingeben: <code>${origin}</code></p>
<figure>${qrOf(origin)}<figcaption>Dieselbe Adresse für die Kamera eines Tablets</figcaption></figure>
<p>Erscheint eine Warnung wie „Ihre Verbindung ist nicht privat“, ist das Zertifikat auf diesem Gerät noch nicht eingerichtet oder die Uhr des Geräts geht falsch. Die Warnung bitte nicht übergehen: Schritt 2 wiederholen, den Browser ganz schließen und wieder öffnen.</p>
</main>
</body>
</html>
`;

/** @param {string} origin @param {import('node:crypto').X509Certificate} authority */
function stepsOf(origin, authority) {
	const { sha256, sha1 } = fingerprintsOf(authority);
	return `<h2>Schritt 1: Fingerabdruck vergleichen</h2>
<p>Diese Seite selbst ist noch nicht geschützt. Damit sich niemand dazwischenschalten kann, muss der Fingerabdruck hier mit dem übereinstimmen, der <strong>am Server auf dem Bildschirm</strong> steht (oder auf dem Zettel der Person, die ihn betreut).</p>
<p class="print"><strong>SHA-256</strong><br><code>${breakable(sha256)}</code></p>
<p class="print"><strong>SHA-1</strong>, wie ihn Windows beim Einrichten zeigt<br><code>${breakable(sha1)}</code></p>
<p>Stimmt er nicht überein: hier aufhören und Bescheid geben.</p>

<h2>Schritt 2: Zertifikat einrichten</h2>
<details open><summary>Windows: Edge und Chrome</summary>
<ol>
<li><a class="button" href="/notschalter-ca.crt" download>Zertifikat herunterladen (.crt)</a><br>Fragt der Browser, ob die Datei behalten werden soll: „Behalten“.</li>
<li>Die Datei öffnen und „Zertifikat installieren …“ wählen, dann „Aktueller Benutzer“.${pictures.WINDOWS_OPEN}</li>
<li>„Alle Zertifikate in folgendem Speicher speichern“, „Durchsuchen“, „Vertrauenswürdige Stammzertifizierungsstellen“, „Weiter“, „Fertig stellen“.${pictures.WINDOWS_STORE}</li>
<li>Den Fingerabdruck in der Sicherheitswarnung mit dem am Server vergleichen (dort „SHA-1“), dann „Ja“.${pictures.WINDOWS_WARNING}</li>
<li>Alle Fenster von Edge oder Chrome schließen und den Browser wieder öffnen.</li>
</ol>
<p>Meldet Windows, dass das nicht erlaubt ist, verwaltet die IT diesen Computer: Sie verteilt die Datei per Gruppenrichtlinie.</p>
</details>

<details><summary>iPad</summary>
<ol>
<li>Diese Seite in Safari öffnen: <a class="button" href="/notschalter-ca.mobileconfig">Profil laden</a>, dann „Zulassen“.</li>
<li>„Einstellungen“ öffnen, „Profil geladen“, „Installieren“. Unter „Mehr Details“ steht der Fingerabdruck zum Vergleichen.${pictures.IPAD_PROFILE}</li>
<li>„Einstellungen“, „Allgemein“, „Info“, ganz unten „Zertifikatsvertrauenseinstellungen“: den Schalter bei „Notschalter“ einschalten. Ohne diesen Schritt bleibt die Warnung.${pictures.IPAD_TRUST}</li>
</ol>
</details>

<details><summary>Linux: Chrome und Chromium</summary>
<ol>
<li><a class="button" href="/notschalter-ca.pem" download>Zertifikat herunterladen (.pem)</a></li>
<li>In die Adresszeile <code>chrome://certificate-manager/localcerts/usercerts</code> eingeben (von Hand: „Lokale Zertifikate“, „Von Ihnen installiert“), bei „Vertrauenswürdige Zertifikate“ auf „Importieren“ gehen und die Datei wählen.${pictures.LINUX_IMPORT}</li>
<li>Oder im Terminal: <code>certutil -d sql:$HOME/.pki/nssdb -A -t "C,," -n Notschalter -i notschalter-ca.pem</code></li>
<li>Zum Vergleichen: <code>openssl x509 -in notschalter-ca.pem -noout -fingerprint -sha256</code></li>
</ol>
</details>

<details><summary>Warum ist das nötig, und was darf dieses Zertifikat?</summary>
<p>Browser verschlüsseln und speichern nur bei Adressen, die sich ausweisen. Für einen Server im eigenen Haus stellt niemand draußen einen Ausweis aus, und im Notfall wäre auch niemand erreichbar. Darum stellt der Server ihn selbst aus.</p>
<p>Das Zertifikat ist eng begrenzt: Es gilt nur für die Namen dieses Rechners und für private Netzadressen, nicht für Seiten im Internet. Sein Schlüssel liegt mit einer Passphrase verschlossen auf dem Server. Die Daten der Bürgerinnen und Bürger sind davon unabhängig verschlüsselt; auch der Server kann sie nicht lesen.</p>
<p>Es kann jederzeit wieder entfernt werden: an derselben Stelle, an der es eingerichtet wurde. Adresse der App: ${origin}</p>
</details>
`;
}

/** Groups stay whole where a line ends. @param {string} fingerprint */
const breakable = (fingerprint) => (fingerprint.match(/.{1,12}/g) ?? []).join('<wbr>');

/** @param {string} origin */
const qrOf = (origin) =>
	renderSVG(origin, { border: 2 }).replace(
		'<svg ',
		'<svg class="qr" role="img" aria-label="QR-Code mit der Adresse der App" '
	);
