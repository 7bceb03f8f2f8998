/** Which Node.js is refused before anything is installed. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeFault } from '../../../scripts/node-version.js';

it.each(['20.19.0', '20.20.1', '22.13.0', '24.0.0', '26.1.0'])('takes %s', (version) => {
	expect(nodeFault(version)).toBeNull();
});

it.each(['18.20.0', '20.18.3', '21.7.3', '22.12.0', '23.11.0'])('refuses %s with a sentence', (version) => {
	expect(nodeFault(version)).toBe(
		`Notschalter braucht Node.js 20 (ab 20.19), 22 (ab 22.13) oder ab 24; hier läuft ${version}. Von https://nodejs.org installieren und noch einmal starten.`
	);
});

it('agrees with what npm is told', () => {
	const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
	expect(engines.node).toBe('^20.19 || ^22.13 || >=24');
});
