/** A certificate for tests, made on the spot: X.509 version 1, ECDSA P-256, signed by itself. */
import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
	const content = Buffer.concat(contents);
	const { length } = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const utcTime = (time: Date): Buffer =>
	der(0x17, Buffer.from(`${time.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));

const pem = (label: string, bytes: Buffer): string =>
	`-----BEGIN ${label}-----\n${bytes.toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END ${label}-----\n`;

/** → PEM of certificate and key. Valid for a day around `now`, or not at all, by `validFrom` and `validTo`. */
export function selfSigned(
	host: string,
	validFrom = new Date(Date.now() - 86_400_000),
	validTo = new Date(Date.now() + 86_400_000)
): { readonly cert: string; readonly key: string } {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from(host)))));
	const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
	const statement = der(
		SEQUENCE,
		der(0x02, Buffer.from([1])),
		algorithm,
		name,
		der(SEQUENCE, utcTime(validFrom), utcTime(validTo)),
		name,
		publicKey.export({ type: 'spki', format: 'der' })
	);
	const signature = sign('sha256', statement, privateKey);
	const certificate = der(SEQUENCE, statement, algorithm, der(0x03, Buffer.from([0]), signature));
	return {
		cert: pem('CERTIFICATE', certificate),
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
	};
}
