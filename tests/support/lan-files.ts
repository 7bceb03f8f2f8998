/** A machine, a folder and somebody who types passphrases, for tests of the LAN mode without a network. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { machineOf } from '../../scripts/lan/addresses.js';
import type { Passphrases } from '../../scripts/lan/passphrase.js';

export const NOW_MS = Date.parse('2026-11-26T07:30:00Z');
export const DAY_MS = 86_400_000;

export function aFolder(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-lan-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** A computer called `hub` with these addresses on one card. */
export const aMachine = (...addresses: readonly string[]) =>
	machineOf('hub', { eth0: addresses.map((address) => ({ address, internal: false })) });

export interface Typist extends Passphrases {
	readonly prompts: readonly string[];
	readonly heard: readonly string[];
}

/** Types these one after the other, then nothing. */
export function aTypist(source: Passphrases['source'], ...answers: readonly string[]): Typist {
	const left = [...answers];
	const prompts: string[] = [];
	const heard: string[] = [];
	return {
		source,
		prompts,
		heard,
		read: async (prompt) => {
			prompts.push(prompt);
			return left.shift() ?? null;
		},
		say: (sentence) => void heard.push(sentence)
	};
}
