/** Answers without TLS: the page that explains how a counter comes to trust this server, the root certificate, and nothing else. */
import { createHash } from 'node:crypto';
import { makeProfile } from './apple-profile.js';
import { trustPage } from './trust-page.js';
import { TRUST_STYLE } from './trust-style.js';

export const CERTIFICATE_FILE = 'notschalter-ca';

const HEADERS = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'x-frame-options': 'DENY',
	'x-robots-tag': 'noindex, nofollow',
	'cache-control': 'no-store',
	'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(TRUST_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
};

/**
 * @param {object} parts
 * @param {string} parts.origin Of the app.
 * @param {boolean} parts.isOriginGone
 * @param {import('node:crypto').X509Certificate | null} parts.authority
 * @returns {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void}
 */
export function createTrustAnswerer({ authority, ...rest }) {
	const page = trustPage({ authority, ...rest });
	/** @type {Map<string, { type: string, body: string | Buffer, name?: string }>} */
	const files = new Map([['/', { type: 'text/html; charset=utf-8', body: page }]]);
	if (authority) {
		/** @param {string} ending @param {string} type @param {string | Buffer} body */
		const add = (ending, type, body) =>
			files.set(`/${CERTIFICATE_FILE}.${ending}`, { type, body, name: `${CERTIFICATE_FILE}.${ending}` });
		add('crt', 'application/x-x509-ca-cert', authority.raw);
		add('pem', 'application/x-pem-file', authority.toString());
		add('mobileconfig', 'application/x-apple-aspen-config', makeProfile(authority));
	}
	return (request, response) => {
		for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
		const [path = '/'] = (request.url ?? '/').split(/[?#]/, 1);
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' });
			return response.end('Hier wird nichts angenommen; die App ist unter https:// zu finden.');
		}
		const file = files.get(path);
		if (!file) {
			// A link into the app, opened without https: the way in is what its reader needs.
			response.writeHead(302, { location: '/' });
			return response.end();
		}
		response.writeHead(200, {
			'content-type': file.type,
			'content-length': Buffer.byteLength(file.body),
			...(file.name?.endsWith('.mobileconfig') === false && {
				'content-disposition': `attachment; filename="${file.name}"`
			})
		});
		return response.end(request.method === 'HEAD' ? undefined : file.body);
	};
}
