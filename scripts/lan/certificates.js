/** X.509 for one hub: an authority of its own that may only speak for this machine and private addresses, and the server's certificate. */
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as asn1 from '@peculiar/asn1-x509';
import { isPrivateAddress, PRIVATE_RANGES } from './addresses.js';

const DAY_MS = 86_400_000;
/** An office trusts it once on every counter; nobody should have to do so again within the life of the machines. */
const AUTHORITY_DAYS = 3_650;
/** Apple takes no more than 825 days of an authority that people added themselves. */
const SERVER_DAYS = 397;
/**
 * In an outage there is no time server: a counter whose clock is late, even by months, must still be let in. With
 * {@link SERVER_DAYS} it stays below what Apple takes.
 */
const BACKDATED_DAYS = 365;

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';

/** @typedef {import('node:crypto').KeyObject} KeyObject */
/** @typedef {{ readonly certificate: X509Certificate, readonly privateKey: KeyObject }} Issued */

/**
 * Makes an authority, ECDSA P-256, signed by itself.
 *
 * Bounds: no further authorities below it (path length 0), servers only, and by critical name constraints only `names`
 * (with what is below them) and private addresses: whoever steals it cannot speak for a bank.
 *
 * @param {object} wanted
 * @param {string} wanted.title Who it belongs to; shown by operating systems.
 * @param {readonly string[]} wanted.names DNS names.
 * @param {number} wanted.nowMs
 * @returns {Issued}
 */
export function makeAuthority({ title, names, nowMs }) {
	const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const subject = nameOf(title);
	const bounds = [
		...names.map((dNSName) => ({ dNSName })),
		...PRIVATE_RANGES.map((iPAddress) => ({ iPAddress: String(iPAddress) }))
	];
	const permittedSubtrees = new asn1.GeneralSubtrees(
		bounds.map((base) => new asn1.GeneralSubtree({ base: new asn1.GeneralName(base) }))
	);
	const certificate = signed(keys.privateKey, {
		subject,
		issuer: subject,
		publicKey: keys.publicKey,
		notBeforeMs: nowMs - BACKDATED_DAYS * DAY_MS,
		notAfterMs: nowMs + AUTHORITY_DAYS * DAY_MS,
		extensions: [
			extension(asn1.id_ce_basicConstraints, true, new asn1.BasicConstraints({ cA: true, pathLenConstraint: 0 })),
			extension(
				asn1.id_ce_keyUsage,
				true,
				new asn1.KeyUsage(asn1.KeyUsageFlags.keyCertSign | asn1.KeyUsageFlags.cRLSign)
			),
			extension(asn1.id_ce_extKeyUsage, false, new asn1.ExtendedKeyUsage([asn1.id_kp_serverAuth])),
			extension(asn1.id_ce_nameConstraints, true, new asn1.NameConstraints({ permittedSubtrees })),
			extension(asn1.id_ce_subjectKeyIdentifier, false, new asn1.SubjectKeyIdentifier(keyIdOf(keys.publicKey)))
		]
	});
	return { certificate, privateKey: keys.privateKey };
}

/**
 * Issues the server's certificate with a new key. It never outlives its authority.
 *
 * @param {Issued} authority
 * @param {{ readonly hosts: readonly string[], readonly nowMs: number }} wanted DNS names and addresses; all must be ones that {@link mayIssue} allows.
 * @returns {Issued}
 */
export function issueServer(authority, { hosts, nowMs }) {
	const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const issuer = AsnConvert.parse(authority.certificate.raw, asn1.Certificate).tbsCertificate.subject;
	const authorityEndMs = Date.parse(authority.certificate.validTo);
	const alternatives = hosts.map((host) =>
		isIP(host) ? new asn1.GeneralName({ iPAddress: host }) : new asn1.GeneralName({ dNSName: host })
	);
	const certificate = signed(authority.privateKey, {
		subject: nameOf('Notschalter-Server'),
		issuer,
		publicKey: keys.publicKey,
		notBeforeMs: nowMs - BACKDATED_DAYS * DAY_MS,
		notAfterMs: Math.min(nowMs + SERVER_DAYS * DAY_MS, authorityEndMs),
		extensions: [
			extension(asn1.id_ce_basicConstraints, true, new asn1.BasicConstraints({ cA: false })),
			extension(asn1.id_ce_keyUsage, true, new asn1.KeyUsage(asn1.KeyUsageFlags.digitalSignature)),
			extension(asn1.id_ce_extKeyUsage, false, new asn1.ExtendedKeyUsage([asn1.id_kp_serverAuth])),
			extension(asn1.id_ce_subjectAltName, false, new asn1.SubjectAlternativeName(alternatives)),
			extension(
				asn1.id_ce_authorityKeyIdentifier,
				false,
				new asn1.AuthorityKeyIdentifier({
					keyIdentifier: new asn1.KeyIdentifier(keyIdOf(createPublicKey(authority.privateKey)))
				})
			)
		]
	});
	return { certificate, privateKey: keys.privateKey };
}

/** Whether the bounds of the authority allow this DNS name or address. @param {X509Certificate} authority @param {string} host */
export function mayIssue(authority, host) {
	if (isIP(host)) return isPrivateAddress(host);
	return permittedNames(authority).some((name) => host === name || host.endsWith(`.${name}`));
}

/** Whether the certificate names this DNS name or address. @param {X509Certificate} certificate @param {string} host */
export const names = (certificate, host) =>
	(isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;

/**
 * SHA-256 over the whole certificate, as devices and `certutil -hashfile` show it; SHA-1 is what the dialog of Windows shows.
 * @param {X509Certificate} certificate
 */
export const fingerprintsOf = (certificate) => ({ sha256: certificate.fingerprint256, sha1: certificate.fingerprint });

/** @param {X509Certificate} authority @returns {string[]} */
function permittedNames(authority) {
	const { extensions } = AsnConvert.parse(authority.raw, asn1.Certificate).tbsCertificate;
	const found = extensions?.find(({ extnID }) => extnID === asn1.id_ce_nameConstraints);
	if (!found) return [];
	const { permittedSubtrees } = AsnConvert.parse(found.extnValue.buffer, asn1.NameConstraints);
	return (permittedSubtrees ?? []).flatMap(({ base }) => base.dNSName ?? []);
}

/**
 * @typedef {object} Statement
 * @property {asn1.Name} subject
 * @property {asn1.Name} issuer
 * @property {KeyObject} publicKey
 * @property {number} notBeforeMs
 * @property {number} notAfterMs
 * @property {asn1.Extension[]} extensions
 */

/** @param {KeyObject} issuerKey @param {Statement} statement */
function signed(issuerKey, { subject, issuer, publicKey, notBeforeMs, notAfterMs, extensions }) {
	const signature = new asn1.AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
	const tbsCertificate = new asn1.TBSCertificate({
		version: asn1.Version.v3,
		serialNumber: serialNumber(),
		signature,
		issuer,
		validity: new asn1.Validity({ notBefore: new Date(notBeforeMs), notAfter: new Date(notAfterMs) }),
		subject,
		subjectPublicKeyInfo: AsnConvert.parse(spkiOf(publicKey), asn1.SubjectPublicKeyInfo),
		extensions: new asn1.Extensions(extensions)
	});
	const signatureValue = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), issuerKey);
	const certificate = new asn1.Certificate({
		tbsCertificate,
		signatureAlgorithm: signature,
		signatureValue: bufferOf(signatureValue)
	});
	return new X509Certificate(Buffer.from(AsnConvert.serialize(certificate)));
}

/** 126 random bits; positive, and never with a leading zero byte. */
function serialNumber() {
	const bytes = randomBytes(16);
	bytes[0] = (bytes.readUInt8(0) & 0x3f) | 0x40;
	return bufferOf(bytes);
}

/** @param {string} title */
const nameOf = (title) =>
	new asn1.Name([
		new asn1.RelativeDistinguishedName([attribute(ORGANISATION, 'Notschalter')]),
		new asn1.RelativeDistinguishedName([attribute(COMMON_NAME, title)])
	]);

/** @param {string} type @param {string} utf8String */
const attribute = (type, utf8String) =>
	new asn1.AttributeTypeAndValue({ type, value: new asn1.AttributeValue({ utf8String }) });

/** @param {string} extnID @param {boolean} critical @param {object} value */
const extension = (extnID, critical, value) =>
	new asn1.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

/** @param {KeyObject} publicKey */
const spkiOf = (publicKey) => publicKey.export({ type: 'spki', format: 'der' });

/** The first 160 bits of the key's hash (RFC 7093, method 1). @param {KeyObject} publicKey */
const keyIdOf = (publicKey) => bufferOf(createHash('sha256').update(spkiOf(publicKey)).digest().subarray(0, 20));

/** @param {Uint8Array} bytes @returns {ArrayBuffer} */
const bufferOf = (bytes) => Uint8Array.from(bytes).buffer;
