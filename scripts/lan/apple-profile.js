/** The root certificate as a configuration profile for iPad and iPhone; unsigned, since only its owner could vouch for it. */
import { createHash } from 'node:crypto';

/**
 * The same certificate gives the same profile: installing it again replaces it.
 * @param {import('node:crypto').X509Certificate} authority
 */
export function makeProfile(authority) {
	const title = 'Notschalter: Zertifikat dieses Servers';
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadType</key><string>Configuration</string>
	<key>PayloadVersion</key><integer>1</integer>
	<key>PayloadIdentifier</key><string>notschalter.lan</string>
	<key>PayloadUUID</key><string>${uuidOf(authority, 'profile')}</string>
	<key>PayloadDisplayName</key><string>${title}</string>
	<key>PayloadDescription</key><string>SHA-256: ${authority.fingerprint256}</string>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadType</key><string>com.apple.security.root</string>
			<key>PayloadVersion</key><integer>1</integer>
			<key>PayloadIdentifier</key><string>notschalter.lan.root</string>
			<key>PayloadUUID</key><string>${uuidOf(authority, 'root')}</string>
			<key>PayloadDisplayName</key><string>${title}</string>
			<key>PayloadCertificateFileName</key><string>notschalter-ca.crt</string>
			<key>PayloadContent</key>
			<data>${authority.raw.toString('base64')}</data>
		</dict>
	</array>
</dict>
</plist>
`;
}

/** @param {import('node:crypto').X509Certificate} authority @param {string} part */
function uuidOf(authority, part) {
	const hex = createHash('sha256').update(part).update(authority.raw).digest('hex').toUpperCase();
	return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
		'-'
	);
}
