/** Drawings of our own for the trust page: what the windows of each system look like, reduced to what is to be pressed. */

/** @param {string} label @param {number} height @param {string} content */
const picture = (label, height, content) =>
	`<svg viewBox="0 0 400 ${height}" role="img" aria-label="${label}">${content}</svg>`;

/** @param {number} x @param {number} y @param {string} text @param {string} [kind] */
const words = (x, y, text, kind = '') => `<text x="${x}" y="${y}"${kind && ` class="${kind}"`}>${text}</text>`;

/** @param {number} x @param {number} y @param {number} width @param {number} height @param {string} [kind] */
const box = (x, y, width, height, kind = 'box') =>
	`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" class="${kind}"/>`;

/** A button to be pressed. @param {number} x @param {number} y @param {number} width @param {string} text */
const press = (x, y, width, text) =>
	box(x, y, width, 28, 'press') +
	`<text x="${x + width / 2}" y="${y + 19}" text-anchor="middle" class="on">${text}</text>`;

/** @param {string} title @param {number} height */
const frame = (title, height) =>
	box(10, 10, 380, height - 20) + words(24, 32, title, 'strong') + `<path d="M10 42h380" class="line"/>`;

export const WINDOWS_OPEN = picture(
	'Fenster „Zertifikat“ mit der Schaltfläche „Zertifikat installieren“',
	150,
	frame('Zertifikat', 150) +
		words(24, 66, 'Ausgestellt für: Notschalter …') +
		words(24, 88, 'Ausgestellt von: Notschalter …') +
		press(24, 102, 210, 'Zertifikat installieren …')
);

export const WINDOWS_STORE = picture(
	'Assistent: „Alle Zertifikate in folgendem Speicher speichern“, Speicher „Vertrauenswürdige Stammzertifizierungsstellen“',
	170,
	frame('Zertifikatimport-Assistent', 170) +
		`<circle cx="34" cy="64" r="7" class="line"/>` +
		words(50, 69, 'Zertifikatspeicher automatisch auswählen') +
		`<circle cx="34" cy="88" r="7" class="line"/><circle cx="34" cy="88" r="4" class="press"/>` +
		words(50, 93, 'Alle Zertifikate in folgendem Speicher speichern') +
		box(48, 104, 216, 28, 'mark') +
		words(56, 123, 'Vertrauenswürdige Stammzert…') +
		press(272, 104, 108, 'Durchsuchen')
);

export const WINDOWS_WARNING = picture(
	'Sicherheitswarnung mit dem Fingerabdruck (SHA1); erst vergleichen, dann „Ja“',
	150,
	frame('Sicherheitswarnung', 150) +
		words(24, 66, 'Fingerabdruck (SHA1):') +
		box(24, 74, 350, 24, 'mark') +
		words(32, 91, 'A1B2C3D4 …  zuerst vergleichen') +
		press(216, 106, 70, 'Ja') +
		box(296, 106, 70, 28) +
		words(315, 125, 'Nein')
);

export const IPAD_PROFILE = picture(
	'iPad: Einstellungen, „Profil geladen“, dann „Installieren“',
	150,
	box(10, 10, 150, 130) +
		words(22, 34, 'Einstellungen', 'strong') +
		box(16, 46, 138, 28, 'mark') +
		words(24, 65, 'Profil geladen  ›') +
		box(170, 10, 220, 130) +
		words(182, 34, 'Profil installieren', 'strong') +
		words(182, 62, 'Notschalter: Zertifikat …') +
		press(182, 84, 130, 'Installieren')
);

export const IPAD_TRUST = picture(
	'iPad: Allgemein, Info, „Zertifikatsvertrauenseinstellungen“, Schalter bei Notschalter einschalten',
	120,
	frame('Zertifikatsvertrauenseinstellungen', 120) +
		words(24, 66, 'Volles Vertrauen für Root-Zertifikate') +
		words(24, 94, 'Notschalter …', 'strong') +
		`<rect x="320" y="76" width="52" height="26" rx="13" class="good"/><circle cx="359" cy="89" r="11" class="box"/>`
);

export const LINUX_IMPORT = picture(
	'Chrome: Zertifikatmanager, „Von Ihnen installiert“, Vertrauenswürdige Zertifikate, „Importieren“',
	140,
	frame('chrome://certificate-manager', 140) +
		words(24, 66, 'Lokale Zertifikate › Von Ihnen installiert') +
		words(24, 94, 'Vertrauenswürdige Zertifikate', 'strong') +
		press(270, 76, 104, 'Importieren')
);

export const HOW_IT_FITS = picture(
	'Der Server weist sich mit einem Zertifikat aus; der Schalter vertraut ihm erst, wenn er das Stammzertifikat kennt',
	150,
	box(20, 40, 110, 70) +
		words(38, 72, 'Server', 'strong') +
		words(38, 92, 'dieses Haus') +
		box(270, 40, 110, 70) +
		words(288, 72, 'Schalter', 'strong') +
		words(288, 92, 'Browser') +
		`<path d="M132 62h134M132 88h134" class="line"/>` +
		words(150, 44, 'verschlüsselt') +
		words(150, 108, 'Stammzertifikat') +
		`<path d="M196 72v-6a5 5 0 0 1 10 0v6m-13 0h16v12h-16z" class="mark"/>`
);
