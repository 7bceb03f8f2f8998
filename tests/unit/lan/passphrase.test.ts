/** Where the passphrase comes from, and that it is seen nowhere. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { passphrasesFrom, type Passphrases } from '../../../scripts/lan/passphrase.js';
import { aFolder } from '../../support/lan-files';

function aTerminal(isTTY = true) {
	const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined });
	const output = Object.assign(new PassThrough(), { isTTY });
	return {
		input: input as unknown as NodeJS.ReadStream,
		output: output as unknown as NodeJS.WriteStream,
		type: (text: string) => void input.write(text),
		hangUp: () => void input.end(),
		shown: () => String(output.read() ?? '')
	};
}

function source(environment: Record<string, string>, terminal = aTerminal(false)): Passphrases {
	const found = passphrasesFrom(environment, terminal);
	if ('fault' in found) throw new Error(found.fault);
	return found;
}

describe('the passphrase', () => {
	it('is typed without being shown, with what was deleted left out', async () => {
		const terminal = aTerminal();
		const { read, source: from } = source({}, terminal);
		expect(from).toBe('terminal');
		const typed = read('Neue Passphrase: ');
		terminal.type('sieben Gänsx\u007fe\r');
		expect(await typed).toBe('sieben Gänse');
		expect(terminal.shown()).toBe('Neue Passphrase: \n');
	});

	it('may be left out by Enter', async () => {
		const terminal = aTerminal();
		const typed = source({}, terminal).read('? ');
		terminal.type('\r');
		expect(await typed).toBeNull();
	});

	it('is null, and does not wait for ever, at Ctrl+D or when the terminal is gone', async () => {
		const terminal = aTerminal();
		const { read } = source({}, terminal);
		const typed = read('? ');
		terminal.type('\u0004');
		expect(await typed).toBeNull();
		const cut = read('? ');
		terminal.hangUp();
		expect(await cut).toBeNull();
		expect(await read('? ')).toBeNull();
	});

	it('comes from the environment or a file for services', async () => {
		const file = path.join(aFolder(), 'passphrase');
		writeFileSync(file, 'sieben Gänse \r\n');
		expect(await source({ CA_PASSPHRASE_FILE: file }).read('')).toBe('sieben Gänse ');
		expect(await source({ CA_PASSPHRASE: 'sieben Gänse' }).read('')).toBe('sieben Gänse');
		expect(await source({}).read('')).toBeNull();
		expect(source({}).source).toBe('nowhere');
	});

	it.each<[Record<string, string>]>([
		[{ CA_PASSPHRASE_FILE: '/nowhere/GEHEIM' }],
		[{ CA_PASSPHRASE: 'GEHEIM', CA_PASSPHRASE_FILE: 'x' }]
	])('is named by its variable, and not repeated, when it is wrong: %j', (environment) => {
		expect(passphrasesFrom(environment, aTerminal())).toEqual({ fault: expect.stringMatching(/CA_PASSPHRASE_FILE/) });
		expect(JSON.stringify(passphrasesFrom(environment, aTerminal()))).not.toContain('GEHEIM');
	});
});
