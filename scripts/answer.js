/** One request: headers first, then who answers it: a file of the build, the bundle's endpoints, or the shell for every page. */

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/**
 * @typedef {object} Parts
 * @property {Pick<import('../src/lib/server/config.js').Config, 'origin' | 'tls' | 'lan' | 'isOriginGone'>} config
 * @property {import('./built-files.js').Build} build
 * @property {(request: Request, response: Response, next?: () => void) => void} handler Of adapter-node.
 */

/** Under any name: devices may know a server under several, and whoever watches it asks by address. */
const ENDPOINTS = /^\/(api(\/|$)|(healthz|readyz|hub|hub\.json)$)/;
const IMMUTABLE = '/_app/immutable/';
const HSTS_S = 365 * 24 * 60 * 60;

const FOR_ALL = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'x-frame-options': 'DENY',
	'x-robots-tag': 'noindex, nofollow',
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy':
		'accelerometer=(), autoplay=(), browsing-topics=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()'
};

/**
 * @param {Parts} parts
 * @returns {(request: Request, response: Response) => void}
 */
export function createAnswerer({ config, build, handler }) {
	const host = new URL(config.origin).host;
	return (request, response) => {
		const path = pathOf(request);
		// Files of the build are piped by a handler that does not listen to their errors: one bad sector would end the server.
		response.once('pipe', (file) => file.once('error', (/** @type {unknown} */ error) => breakOff(response, error)));
		setHeaders(response, path ?? '/', config, build);
		if (path === null) return end(response, 400, 'Diese Adresse ist nicht lesbar.', { 'cache-control': 'no-store' });
		if (ENDPOINTS.test(path)) {
			// The bundle goes by the address as it is written: one in disguise would pass by the frame and the log.
			if (!ENDPOINTS.test(writtenPathOf(request))) return end(response, 404, 'Diese Adresse gibt es nicht.');
			// The framework refuses forms of other origins in words of its own; our endpoint says 415 as a problem.
			if (isFormType(request)) request.headers['content-type'] = 'application/octet-stream';
			return handler(request, response);
		}
		if (request.headers.host && request.headers.host.toLowerCase() !== host) {
			// To send somebody there would end in a browser's error page; the API above goes on answering under any address.
			if (config.isOriginGone) return end(response, 503, goneSentence(config.origin), { 'cache-control': 'no-store' });
			return end(response, 308, '', { location: config.origin + request.url });
		}
		if (request.method !== 'GET' && request.method !== 'HEAD')
			return end(response, 405, 'Diese Adresse kann nur gelesen werden.', { allow: 'GET, HEAD' });
		if (!build.files.has(path)) {
			if (isFile(path)) return end(response, 404, 'Diese Datei gibt es nicht.', { 'cache-control': 'no-store' });
			// Every page is the one shell: a deep link works before the service worker is there.
			request.url = '/';
		}
		return handler(request, response);
	};
}

/**
 * Its status is written already, so the line is cut: whoever asked must not keep half a file.
 * @param {Response} response
 * @param {unknown} error
 */
function breakOff(response, error) {
	const { code } = /** @type {NodeJS.ErrnoException} */ (error);
	console.error(
		`Eine Datei der App lässt sich nicht lesen (${code}); der Server läuft weiter. Datenträger prüfen, die App neu einrichten.`
	);
	response.destroy();
}

/** @param {string} origin */
const goneSentence = (origin) =>
	`Die App dieses Servers wird unter ${origin} geführt, und diese Adresse gehört zurzeit nicht zu ihm. Eingerichtete Schalter öffnen sie dort weiterhin und können hier abgleichen: unter „Abgleich“ den Server mit der Adresse dieser Seite eintragen. Für neue Schalter bitte der Person Bescheid geben, die den Server betreut.`;

/** @param {Request} request */
const writtenPathOf = ({ url = '/' }) => url.split(/[?#]/, 1)[0] ?? '/';

/** @param {Request} request */
function pathOf(request) {
	try {
		const written = writtenPathOf(request);
		return written.startsWith('/') ? decodeURIComponent(written) : null;
	} catch {
		return null;
	}
}

/** @param {Request} request */
const isFormType = ({ headers }) =>
	/^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i.test(headers['content-type'] ?? '');

/**
 * A name with an ending, or something of the build's own folder: never a page.
 * @param {string} path
 */
const isFile = (path) => path.startsWith('/_app/') || /\.[a-z0-9]{1,12}$/i.test(path);

/**
 * @param {Response} response
 * @param {string} path
 * @param {Parts['config']} config
 * @param {Parts['build']} build
 */
function setHeaders(response, path, { tls, lan }, build) {
	for (const [name, value] of Object.entries(FOR_ALL)) response.setHeader(name, value);
	// A name that has it is no more called by http on any port, and there the trust page of the LAN mode is.
	if (tls && !lan) response.setHeader('strict-transport-security', `max-age=${HSTS_S}`);
	const isEndpoint = ENDPOINTS.test(path);
	response.setHeader('cache-control', isEndpoint ? 'no-store' : cacheOf(path, build));
	// Other origins may call the API by CORS, and nothing else.
	response.setHeader('cross-origin-resource-policy', isEndpoint ? 'cross-origin' : 'same-origin');
	response.setHeader(
		'content-security-policy',
		isEndpoint ? "default-src 'none'; frame-ancestors 'none'" : build.contentSecurityPolicy
	);
}

/**
 * Names of immutable files change with their content; everything else, the shell and the service worker above all, is asked for again.
 * @param {string} path
 * @param {Parts['build']} build
 */
const cacheOf = (path, build) =>
	path.startsWith(IMMUTABLE) && build.files.has(path) ? 'public, max-age=31536000, immutable' : 'no-cache';

/**
 * @param {Response} response
 * @param {number} status
 * @param {string} text
 * @param {Record<string, string>} headers
 */
function end(response, status, text, headers = {}) {
	for (const [name, value] of Object.entries({ ...FOR_ALL, ...headers })) response.setHeader(name, value);
	response.setHeader('content-type', 'text/plain; charset=utf-8');
	response.statusCode = status;
	response.end(text);
}
