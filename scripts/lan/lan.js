/** `--lan`: what serve.js needs to be found and trusted by the computers of a network that has nothing else. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import { renderUnicodeCompact } from 'uqr';
import { machineOf, originOf } from './addresses.js';
import { fingerprintsOf } from './certificates.js';
import { createFront } from './front.js';
import { passphrasesFrom } from './passphrase.js';
import { prepareLan } from './prepare.js';
import { createTrustAnswerer } from './trust-answer.js';
import { watchMachine } from './watch.js';

/** @typedef {import('../../src/lib/server/config.js').Config} Config */
/** @typedef {(request: http.IncomingMessage, response: http.ServerResponse) => void} Answerer */

const PLAIN_LIMITS = { maxHeaderSize: 16 * 1024, requestTimeout: 20_000, headersTimeout: 20_000 };
const MOST_PLAIN_LINES = 500;

const thisMachine = () => machineOf(os.hostname(), os.networkInterfaces());

/**
 * Takes the plain port, makes what is missing (may ask for the passphrase) and says what is to be known.
 * @param {Config & { lan: { httpPort: number } }} config
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export async function startLan(config, environment) {
	const passphrases = passphrasesFrom(environment, { input: process.stdin, output: process.stdout });
	if ('fault' in passphrases) return passphrases;
	// Nobody should think of a passphrase only to read then that the app is running already.
	const busy = await busyPort(config.port, config.host);
	if (busy) return { fault: busy };

	/** @type {Answerer} */
	let answer = (_request, response) => void response.writeHead(503).end();
	const plain = http.createServer(PLAIN_LIMITS, (request, response) => answer(request, response));
	plain.maxConnections = MOST_PLAIN_LINES;
	const problem = await listen(plain, config.lan.httpPort, config.host);
	if (problem) return { fault: problem };

	const given = environment.ORIGIN?.trim() ? config.origin : null;
	const around = { dataDir: config.dataDir, port: config.port, givenOrigin: given, passphrases };
	const look = () => ({ ...around, machine: thisMachine(), nowMs: Date.now() });
	const prepared = await prepareLan(look()).catch((error) => ({ fault: diskFault(config.dataDir, error) }));
	if ('fault' in prepared) return prepared;
	for (const notice of prepared.notices) console.error(`\n${notice}`);
	answer = createTrustAnswerer(prepared);

	const tls = { certFile: prepared.serverFile, keyFile: prepared.serverFile };
	return {
		/** @type {Config} */
		config: { ...config, origin: prepared.origin, isOriginGone: prepared.isOriginGone, tls },
		/**
		 * The port of the app, for both ways to call it; closing it closes the plain port too.
		 * @param {import('node:https').Server} secure
		 */
		front(secure) {
			const front = createFront(secure, plain);
			const stopWatching = watchMachine({
				look,
				canRenew: passphrases.source === 'environment',
				renewed: () => secure.setSecureContext(secureContextOf(prepared.serverFile)),
				say: (sentence) => console.error(`\n${sentence}`)
			});
			front.once('close', stopWatching);
			const { close } = front;
			front.close = (done) => {
				plain.close();
				return close.call(front, done);
			};
			return front;
		},
		/** Where a browser that trusts nobody yet begins. */
		trustAddress: trustAddressOf(prepared, config.lan.httpPort),
		lines: linesOf(prepared, config.lan.httpPort)
	};
}

/** @param {string} file */
const secureContextOf = (file) => {
	const pem = readFileSync(file);
	return { cert: pem, key: pem };
};

/** @param {Pick<import('./prepare.js').Prepared, 'reachableHost'>} prepared @param {number} httpPort */
const trustAddressOf = ({ reachableHost }, httpPort) => originOf(reachableHost, httpPort).replace('https:', 'http:');

/**
 * What the terminal shows, to be compared by those who set a counter up.
 * @param {import('./prepare.js').Prepared} prepared
 * @param {number} httpPort
 */
function linesOf(prepared, httpPort) {
	const { authority } = prepared;
	const trustAddress = trustAddressOf(prepared, httpPort);
	const lines = [`  Neue Geräte zuerst: ${trustAddress}  (Zertifikat einrichten, mit Anleitung)`, ''];
	lines.push(
		...renderUnicodeCompact(trustAddress, { border: 1 })
			.split('\n')
			.map((line) => `  ${line}`),
		''
	);
	if (!authority) return lines;
	const { sha256, sha1 } = fingerprintsOf(authority);
	return [
		...lines,
		'  Fingerabdruck des Stammzertifikats, zum Vergleichen an jedem Gerät:',
		`  SHA-256  ${sha256.slice(0, 47)}`,
		`           ${sha256.slice(48)}`,
		`  SHA-1    ${sha1}`,
		''
	];
}

/** @param {number} port @param {string} host @returns {Promise<string | null>} */
async function busyPort(port, host) {
	const probe = net.createServer();
	const problem = await listen(probe, port, host);
	if (problem) return problem;
	await new Promise((resolve) => probe.close(resolve));
	return null;
}

/**
 * @param {net.Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | null>} A sentence when it does not work.
 */
const listen = (server, port, host) =>
	new Promise((resolve) => {
		server.once('error', (error) => {
			const { code } = /** @type {NodeJS.ErrnoException} */ (error);
			resolve(
				code === 'EADDRINUSE'
					? `Port ${port} ist belegt – läuft Notschalter schon? Andere Ports: PORT und HTTP_PORT; ein anderer PORT wäre eine andere Adresse, und dort ist die App leer.`
					: `Der Server kann nicht auf Port ${port} warten (${code}).`
			);
		});
		server.listen(port, host, () => resolve(null));
	});

/** @param {string} dataDir @param {unknown} error */
function diskFault(dataDir, error) {
	const { code } = /** @type {NodeJS.ErrnoException} */ (error);
	if (!code) throw error;
	return `Unter ${dataDir} (DATA_DIR) lassen sich die Zertifikate nicht lesen oder schreiben (${code}).`;
}
