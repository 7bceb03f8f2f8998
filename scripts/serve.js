/** Serves the built app: all headers on every answer, TLS, one host name, limits, and an end that loses no answer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DATABASE_FILE, FRESH_ENDING, hubAddress, parseConfig, SET_ASIDE_ENDING } from '../src/lib/server/config.js';
import { createAnswerer } from './answer.js';
import { scheduleBackups } from './backup-schedule.js';
import { readBuild } from './built-files.js';
import { checkKit } from './kit/check.js';
import { commandLine, kitRoot } from './kit/place.js';
import { MOST_LINES } from './lan/front.js';
import { startLan } from './lan/lan.js';
import { checkTls } from './tls-pair.js';

const BUILD = fileURLToPath(new URL('../build/', import.meta.url));

/** Address and headers of a request; a token is below 2 KiB. */
const MAX_HEADER_BYTES = 16 * 1024;
/** A whole request must be here by then; the app itself gives up after 60 s. */
const REQUEST_TIMEOUT_MS = 75_000;
const HEADERS_TIMEOUT_MS = 20_000;
/** Node's own is two minutes: long for somebody who opens lines and says no more. */
const HANDSHAKE_TIMEOUT_MS = 20_000;
/** Calls in progress get this long when the server ends. */
const STOP_TIMEOUT_MS = 20_000;
const IMPATIENCE_MS = 1_000;

/** By these the adapter would believe what a caller says of himself: /hub and the limits go by the connection. */
const TRUSTED_HEADERS = ['ADDRESS_HEADER', 'XFF_DEPTH', 'PROTOCOL_HEADER', 'HOST_HEADER', 'PORT_HEADER'];

/** @typedef {import('../src/lib/server/config.js').Config} Config */
/** @typedef {(request: http.IncomingMessage, response: http.ServerResponse) => void} Answerer */

/**
 * What the bundle leaves for this script when it has started; see src/hooks.server.ts.
 * @typedef {{
 *   notice: { enrolmentCode: string | null, hasSpaces: boolean },
 *   stop: () => Promise<void>,
 *   log: { info(sentence: string): void, error(sentence: string): void }
 * }} Started
 */

/**
 * Starts and stays until SIGTERM, SIGINT or SIGHUP; ends the process with 1 and a sentence when it cannot start.
 * @param {{ onReady?: (address: string) => void }} options `onReady`: is told where a browser begins.
 */
export async function serve({ onReady } = {}) {
	if (process.argv.includes('--lan')) process.env.LAN = '1';
	const { config: set, faults, warnings } = parseConfig(process.env);
	if (faults.length > 0) return fail(faults);
	const kit = kitRoot();
	if (kit) {
		const { faults: damages } = await checkKit(kit);
		if (damages.length > 0) return fail(damages);
	}
	if (!existsSync(`${BUILD}handler.js`))
		return fail(['Die App ist noch nicht gebaut: erst „npm run build“, oder „npm start“.']);
	for (const warning of warnings) console.error(warning);
	const broken = brokenRestore(set.dataDir);
	if (broken) return fail([broken]);
	const pair = set.tls ? checkTls(set.tls, { origin: set.origin, nowMs: Date.now() }) : null;
	if (pair && pair.faults.length > 0) return fail(pair.faults);
	for (const warning of pair?.warnings ?? []) console.error(warning);
	const lan = set.lan ? await startLan({ ...set, lan: set.lan }, process.env) : null;
	if (lan && 'fault' in lan) return fail([lan.fault]);
	const config = lan?.config ?? set;
	// The handler of the bundle reads these when it is loaded. Bodies are limited where they are read.
	process.env.ORIGIN = config.origin;
	process.env.BODY_SIZE_LIMIT = 'Infinity';
	for (const name of TRUSTED_HEADERS) delete process.env[name];

	/** @type {(answerer: Answerer) => void} */
	let begin = () => {};
	/** @type {Promise<Answerer>} */
	const answerer = new Promise((resolve) => (begin = resolve));
	const own = createServer(config, (request, response) => void answerer.then((answer) => answer(request, response)));
	const server = lan ? lan.front(/** @type {https.Server} */ (own)) : own;
	// The port first: who does not get it must not touch the database of the one who has it.
	const problem = await listen(server, config);
	if (problem) return fail([problem]);
	try {
		const { handler } = await import(pathToFileURL(`${BUILD}handler.js`).href);
		begin(createAnswerer({ config, handler, build: readBuild(BUILD) }));
	} catch (error) {
		return fail(['Der Server konnte nicht starten.', error instanceof Error ? error.message : String(error)]);
	}
	const started = /** @type {{ notschalter?: Started }} */ (globalThis).notschalter;
	if (!started) return fail(['Der Server konnte nicht starten: der Bau der App passt nicht zu diesem Skript.']);
	stopOnSignals(server, started);
	if (config.backup) scheduleBackups(config.backup, started.log, config.dataDir);
	announce(config, started.notice, lan?.lines ?? []);
	// On the first day this machine's browser has to learn to trust it, as every other.
	onReady?.(lan && !started.notice.hasSpaces ? lan.trustAddress : config.origin);
}

/** A database that was being replaced must not be followed by an empty one. → a sentence. @param {string} dataDir */
function brokenRestore(dataDir) {
	if (!existsSync(dataDir) || existsSync(path.join(dataDir, DATABASE_FILE))) return null;
	const left = readdirSync(dataDir).sort();
	const isBroken = left.includes(DATABASE_FILE + FRESH_ENDING);
	const aside = left.filter((name) => name.startsWith(DATABASE_FILE + SET_ASIDE_ENDING) && !/-(wal|shm)$/.test(name));
	if (!isBroken && aside.length === 0) return null;
	const what = isBroken
		? 'Ein Zurückspielen wurde unterbrochen; verloren ist nichts.'
		: 'Ein früherer Stand liegt daneben.';
	const older = aside.length > 0 ? `, oder ${aside.at(-1)} in ${DATABASE_FILE} umbenennen` : '';
	return `Unter ${dataDir} fehlt die Datenbank ${DATABASE_FILE}. ${what} Bitte noch einmal zurückspielen (${commandLine('restore', 'DATEI')})${older}. Soll der Server wirklich leer beginnen: ${[...(isBroken ? [DATABASE_FILE + FRESH_ENDING] : []), ...aside].join(', ')} in einen anderen Ordner legen.`;
}

/** @param {string[]} sentences */
function fail(sentences) {
	for (const sentence of sentences) console.error(sentence);
	process.exit(1);
}

/**
 * @param {Pick<Config, 'tls'>} config
 * @param {Answerer} answer
 */
export function createServer({ tls }, answer, requestTimeoutMs = REQUEST_TIMEOUT_MS) {
	const limits = {
		maxHeaderSize: MAX_HEADER_BYTES,
		requestTimeout: requestTimeoutMs,
		headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
		connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs)
	};
	const handshakeTimeout = Math.min(HANDSHAKE_TIMEOUT_MS, requestTimeoutMs);
	const pair = () => tls && { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
	const server = tls
		? https.createServer({ ...limits, handshakeTimeout, ...pair() }, answer)
		: http.createServer(limits, answer);
	server.maxConnections = MOST_LINES;
	return server;
}

/** @typedef {import('node:net').Server & Pick<http.Server, 'closeIdleConnections' | 'closeAllConnections'>} Closable */

/**
 * → a sentence when it does not work.
 * @param {Closable} server
 * @param {Config} config
 * @returns {Promise<string | null>}
 */
function listen(server, { port, host }) {
	return new Promise((resolve) => {
		server.once('error', (error) => {
			const { code } = /** @type {NodeJS.ErrnoException} */ (error);
			if (code === 'EADDRINUSE')
				resolve(
					`Port ${port} ist belegt – läuft Notschalter schon? Ein anderer Port wäre eine andere Adresse, und dort ist die App leer.`
				);
			else if (code === 'EACCES') resolve(`PORT ${port} darf dieses Benutzerkonto nicht öffnen.`);
			else if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
				resolve(`HOST ${host} gehört nicht zu diesem Rechner.`);
			else resolve(`Der Server kann nicht auf ${host}:${port} warten (${code}).`);
		});
		server.listen(port, host, () => resolve(null));
	});
}

/**
 * @param {Closable} server
 * @param {Started} started
 */
function stopOnSignals(server, started) {
	let askedAt = 0;
	const stop = async () => {
		if (askedAt > 0) {
			// npm passes Ctrl+C on a second time at once; a person who asks again does not want to wait.
			if (performance.now() - askedAt > IMPATIENCE_MS) process.exit(1);
			return;
		}
		askedAt = performance.now();
		const closed = new Promise((resolve) => server.close(resolve));
		// A line whose last call is answered would otherwise be held open by the browser.
		const sweep = setInterval(() => server.closeIdleConnections(), 100);
		const limit = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
		await closed;
		clearInterval(sweep);
		clearTimeout(limit);
		await started.stop();
		process.exit(0);
	};
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
	// The window was closed, or the line to it is gone.
	process.on('SIGHUP', stop);
}

/**
 * @param {Config} config
 * @param {Started['notice']} notice
 * @param {readonly string[]} lanLines
 */
function announce(config, { enrolmentCode, hasSpaces }, lanLines) {
	const lines = ['', `  Notschalter läuft:  ${config.origin}`, ...lanLines];
	if (enrolmentCode) lines.push(`  Betriebscode:       ${enrolmentCode}`);
	else if (!hasSpaces) lines.push('  Betriebscode:       wie in ENROLMENT_CODE gesetzt');
	if (!hasSpaces) lines.push('', '  Den Betriebscode braucht, wer hier den ersten Verbund anlegt; er gilt einmal.');
	lines.push(
		`  Stand des Servers:  ${hubAddress(config)}`,
		`  Weitere Betriebscodes: ${commandLine('code')}`,
		'  Beenden: Strg+C',
		''
	);
	console.log(lines.join('\n'));
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) await serve();
