/** The passphrase of the authority: from the environment for services, else asked for on the terminal without showing it. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** It guards the right to speak for this server on every counter that trusts it. */
export const MIN_PASSPHRASE_LENGTH = 12;

/**
 * @typedef {object} Passphrases
 * @property {'environment' | 'terminal' | 'nowhere'} source
 * @property {(prompt: string) => Promise<string | null>} read Null where nothing was typed or nobody can be asked.
 * @property {(sentence: string) => void} say To whoever is typing.
 */

/**
 * → a fault, which names the variable, when the environment is wrong.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {{ readonly input: NodeJS.ReadStream, readonly output: NodeJS.WriteStream }} terminal
 * @returns {Passphrases | { fault: string }}
 */
export function passphrasesFrom(environment, { input, output }) {
	const { CA_PASSPHRASE: given, CA_PASSPHRASE_FILE: file } = environment;
	if (given && file) return { fault: 'CA_PASSPHRASE und CA_PASSPHRASE_FILE: nur eines von beiden setzen.' };
	const say = () => undefined;
	if (given) return { source: 'environment', read: async () => given, say };
	if (file) {
		try {
			const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
			return { source: 'environment', read: async () => text, say };
		} catch {
			return { fault: 'CA_PASSPHRASE_FILE nennt eine Datei, die sich nicht lesen lässt.' };
		}
	}
	if (!input.isTTY || !output.isTTY) return { source: 'nowhere', read: async () => null, say };
	return {
		source: 'terminal',
		read: (prompt) => readHidden(prompt, input, output),
		say: (sentence) => void output.write(`${sentence}\n`)
	};
}

/**
 * @param {string} prompt
 * @param {NodeJS.ReadStream} input
 * @param {NodeJS.WriteStream} output
 * @returns {Promise<string | null>}
 */
function readHidden(prompt, input, output) {
	if (input.readableEnded || input.destroyed) return Promise.resolve(null);
	const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input, output: nothing, terminal: true });
	// The echo is off by now: whoever types at once is not seen either.
	output.write(prompt);
	return new Promise((resolve) => {
		/** @param {string | null} answer */
		const end = (answer) => {
			lines.off('close', endOfInput);
			lines.close();
			output.write('\n');
			resolve(answer);
		};
		// Ctrl+D, or a terminal that is gone: nobody types any more.
		const endOfInput = () => end(null);
		lines.once('close', endOfInput);
		lines.once('line', (line) => end(line || null));
		// Ctrl+C here means the whole start.
		lines.once('SIGINT', () => {
			end(null);
			process.exit(130);
		});
	});
}
