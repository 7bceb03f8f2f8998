/** The kit's ZIP: what went in comes out, and what may be run stays so. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { writeZip } from '../../../scripts/kit/zip.js';

/** Modes by name, from the central directory (APPNOTE 4.3.12). */
function modesOf(zip: Buffer): Record<string, number> {
	const modes: Record<string, number> = {};
	for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 1, 'latin1')) {
		const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
		modes[name] = zip.readUInt32LE(at + 38) >>> 16;
		expect(zip.readUInt8(at + 5)).toBe(3);
	}
	return modes;
}

it('keeps bytes, names with umlauts, and modes', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-zip-'));
	mkdirSync(path.join(folder, 'app'));
	const big = Buffer.alloc(3_000_000, 'Anliegen aufnehmen. ');
	writeFileSync(path.join(folder, 'app/gross.txt'), big);
	writeFileSync(path.join(folder, 'app/größe.gz'), 'schon gepackt');
	writeFileSync(path.join(folder, 'start.sh'), '#!/bin/sh\n');
	writeFileSync(path.join(folder, 'leer'), '');
	chmodSync(path.join(folder, 'start.sh'), 0o755);
	const zip = path.join(folder, 'kit.zip');
	const size = await writeZip(folder, ['app/gross.txt', 'app/größe.gz', 'start.sh', 'leer'], zip, 'Notschalter');
	const bytes = readFileSync(zip);
	expect(size).toBe(bytes.length);
	expect(size).toBeLessThan(100_000);
	const out = unzipSync(bytes);
	expect(Buffer.from(out['Notschalter/app/gross.txt']!).equals(big)).toBe(true);
	expect(Buffer.from(out['Notschalter/app/größe.gz']!).toString()).toBe('schon gepackt');
	expect(out['Notschalter/leer']).toHaveLength(0);
	expect(modesOf(bytes)['Notschalter/start.sh']).toBe(0o100755);
	expect(modesOf(bytes)['Notschalter/app/gross.txt']! & 0o111).toBe(0);
	rmSync(folder, { recursive: true });
});
