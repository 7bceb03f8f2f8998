/** Bytes of a file become text: nobody is asked for an encoding that nobody knows. */

/** As many bytes tell whether every second one is zero. */
const PROBE_BYTES = 4_096;
/** Latin text in UTF-16 has a zero in nearly every second place; a stray one in bytes of another kind does not count. */
const ZERO_SHARE = 0.4;

/** By byte order mark, by the zeros of UTF-16, as UTF-8 if all of it is, and else as Windows-1252. Never throws. */
export function decodeText(bytes: Uint8Array): string {
	const encoding = encodingOf(bytes);
	return encoding === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(encoding).decode(bytes);
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

function encodingOf(bytes: Uint8Array): Encoding {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return wideEncodingOf(bytes.subarray(0, PROBE_BYTES)) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
}

function wideEncodingOf(probe: Uint8Array): Encoding | null {
	const pairs = Math.floor(probe.length / 2);
	if (pairs < 2) return null;
	let low = 0;
	let high = 0;
	for (let i = 0; i < pairs; i++) {
		if (probe[2 * i] === 0) high++;
		if (probe[2 * i + 1] === 0) low++;
	}
	if (low >= pairs * ZERO_SHARE && high <= low / 4) return 'utf-16le';
	return high >= pairs * ZERO_SHARE && low <= high / 4 ? 'utf-16be' : null;
}

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

/** Of the places 0x80 to 0x9F; the five that are not taken stay what they are, as WHATWG has it. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
const CHUNK = 8_192;

/** By hand: some builds of Node take Latin-1 for it, and lose the euro. */
function decodeWindows1252(bytes: Uint8Array): string {
	const parts: string[] = [];
	for (let start = 0; start < bytes.length; start += CHUNK) {
		parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
	}
	return parts.join('').replace(/[\u0080-\u009F]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? '');
}
