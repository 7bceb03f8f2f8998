/** While the server runs: a cable is plugged in, a lease ends, a certificate grows old. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostOf } from './addresses.js';
import { prepareLan, whyRenew } from './prepare.js';
import { createTlsFiles } from './tls-files.js';

const LOOK_EVERY_MS = 30_000;

/**
 * Renews by itself where the passphrase is in the environment; else says once what a restart would mend.
 * @param {object} parts
 * @param {() => import('./prepare.js').Surroundings} parts.look
 * @param {boolean} parts.canRenew
 * @param {() => void} parts.renewed
 * @param {(sentence: string) => void} parts.say
 * @param {number} [parts.everyMs]
 * @returns {() => void} Ends the watch.
 */
export function watchMachine({ look, canRenew, renewed, say, everyMs = LOOK_EVERY_MS }) {
	/** What was said is not said again while it lasts. */
	let said = '';
	/** Reasons for which it was tried: a wrong passphrase is no righter half a minute later. */
	let tried = '';
	let isBusy = false;
	const watch = setInterval(() => {
		if (isBusy) return;
		isBusy = true;
		lookOnce()
			.catch((error) => tell(`Die Zertifikate lassen sich nicht prüfen (${error?.code ?? error?.name}).`))
			.finally(() => (isBusy = false));
	}, everyMs);
	// It must not keep a server alive that has nothing else to do.
	watch.unref();
	return () => clearInterval(watch);

	async function lookOnce() {
		const around = look();
		const files = createTlsFiles(around.dataDir);
		const kept = files.readAuthority();
		const origin = around.givenOrigin ?? files.readOrigin();
		const reasons = whyRenew(new X509Certificate(readFileSync(files.serverFile)), {
			originHost: origin ? hostOf(origin) : 'localhost',
			machine: around.machine,
			authority: typeof kept === 'string' ? null : kept.certificate,
			nowMs: around.nowMs
		});
		if (reasons.length === 0) return void (said = tried = '');
		if (!canRenew)
			return tell(`${reasons.join(' ')} Den Server beenden und neu starten, um es mit der Passphrase zu erneuern.`);
		if (tried === reasons.join()) return;
		tried = reasons.join();
		const prepared = await prepareLan(around);
		if ('fault' in prepared) return tell(prepared.fault);
		if (prepared.isRenewed) {
			renewed();
			say('Das Zertifikat wurde erneuert.');
		}
		if (prepared.notices.length > 0) tell(prepared.notices.join('\n'));
	}

	/** @param {string} sentence */
	function tell(sentence) {
		if (sentence === said) return;
		said = sentence;
		say(sentence);
	}
}
