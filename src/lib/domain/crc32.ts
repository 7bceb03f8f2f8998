/** CRC-32 (IEEE 802.3, as in gzip): finds what a disk or a cut-off write has changed; against people there are the seals. */

const TABLE = new Uint32Array(256).map((_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

/** Of several pieces as if they were one. */
export function crc32(...pieces: readonly Uint8Array[]): number {
	let crc = 0xffffffff;
	for (const piece of pieces)
		for (let i = 0; i < piece.length; i++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (piece[i] ?? 0)) & 0xff] ?? 0);
	return (crc ^ 0xffffffff) >>> 0;
}
