/** The passphrase of the technical member: from a file, or from the environment. */
import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '$lib/domain/result';

export interface NoPassphrase {
	readonly type: 'no-passphrase' | 'passphrase-unreadable';
}
type Environment = { readonly [name: string]: string | undefined };

/** A file that was named comes first; the line break at its end is none of the passphrase. */
export function readPassphrase(file: string, environment: Environment): Result<string, NoPassphrase> {
	const named = file || environment.NOTSCHALTER_PASSPHRASE_FILE;
	if (named) {
		try {
			const passphrase = readFileSync(named, 'utf8')
				.replace(/^\uFEFF/, '')
				.replace(/\r?\n$/, '');
			return passphrase === '' ? err({ type: 'no-passphrase' }) : ok(passphrase);
		} catch {
			return err({ type: 'passphrase-unreadable' });
		}
	}
	const given = environment.NOTSCHALTER_PASSPHRASE;
	return given ? ok(given) : err({ type: 'no-passphrase' });
}
