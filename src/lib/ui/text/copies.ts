/** Words about the two copies on this device: what came back, what did not, what to do. */
import type { CopiesNews } from '$lib/services/workspace';
import { formatCount, formatNumber } from './format';

const operations = (count: number): string => formatCount(count, 'Buchung', 'Buchungen');

export const rebuildingText = {
	heading: 'Daten werden wiederhergestellt',
	what: 'Die Datenbank dieses Geräts war leer oder unvollständig. Sie wird aus der zweiten Kopie ergänzt.',
	wait: 'Bitte dieses Fenster offen lassen. Wird es geschlossen, geht es beim nächsten Start weiter.',
	progress: 'Wiederherstellung',
	detail: (done: number, total: number) => `${formatNumber(done)} von ${operations(total)}`
} as const;

export const secondCopyText = {
	title: 'Nur eine Kopie auf diesem Gerät',
	/** In the status line. */
	short: 'gesichert, nur 1 Kopie',
	what: 'Alles ist gesichert, aber nur einmal: Die zweite Kopie lässt sich gerade nicht schreiben. Es wird von selbst weiter versucht.',
	advice: 'Bitte Speicherplatz schaffen und bald abgleichen. Bleibt es dabei: die Administration rufen.'
} as const;

const WITHOUT_SECOND: { readonly [R in NonNullable<CopiesNews['withoutSecond']>]: string } = {
	'cannot-read':
		'Die zweite Kopie lässt sich nicht lesen. Was in der Datenbank steht, ist da. Läuft der Browser in einem privaten Fenster?',
	'newer-version':
		'Die zweite Kopie gehört zu einer neueren Version von Notschalter und bleibt unberührt. Bitte dieses Fenster neu laden.',
	'cannot-write':
		'Die zweite Kopie lässt sich nicht schreiben. Bitte prüfen, ob der Speicherplatz des Geräts voll ist. Es wird von selbst weiter versucht.'
};

export interface NewsWords {
	readonly variant: 'success' | 'warning' | 'danger';
	readonly title: string;
	readonly sentences: readonly string[];
}

/** What a start found about the copies, in the order in which it matters. */
export function newsWords(news: CopiesNews): NewsWords {
	const lost = news.lostOperations > 0;
	const partly = news.refusedOperations + news.unreadablePlaces > 0 || news.withoutSecond !== null;
	const sentences = [...lostWords(news), ...restoredWords(news), ...doubtWords(news)];
	return {
		variant: lost ? 'danger' : partly ? 'warning' : 'success',
		title: lost ? 'Daten fehlen' : isRestored(news) ? 'Daten wiederhergestellt' : 'Zweite Kopie beschädigt',
		sentences
	};
}

const isRestored = (news: CopiesNews): boolean => news.rebuilt || news.restoredOperations + news.restoredDrafts > 0;

function lostWords({ lostOperations }: CopiesNews): string[] {
	if (lostOperations === 0) return [];
	return [
		`${operations(lostOperations)} von diesem Gerät ${lostOperations === 1 ? 'ist' : 'sind'} in keiner der beiden Kopien mehr lesbar.`,
		'Bitte entsperren und abgleichen: Was schon auf einem Server oder einem anderen Gerät liegt, kommt von dort zurück. Fehlt danach noch etwas, die Belege und Notizen des Tages prüfen und die Leitung rufen.'
	];
}

function restoredWords(news: CopiesNews): string[] {
	const sentences: string[] = [];
	if (news.rebuilt)
		sentences.push('Die Datenbank dieses Geräts war leer. Sie wurde aus der zweiten Kopie neu aufgebaut.');
	if (news.restoredOperations > 0) sentences.push(`${operations(news.restoredOperations)} wiederhergestellt.`);
	if (news.restoredDrafts > 0)
		sentences.push(`${formatCount(news.restoredDrafts, 'Entwurf', 'Entwürfe')} wiederhergestellt.`);
	return sentences;
}

function doubtWords({ refusedOperations, unreadablePlaces, withoutSecond }: CopiesNews): string[] {
	const sentences: string[] = [];
	if (refusedOperations > 0)
		sentences.push(
			`${operations(refusedOperations)} der zweiten Kopie ${refusedOperations === 1 ? 'trägt' : 'tragen'} keine gültige Unterschrift und ${refusedOperations === 1 ? 'wurde' : 'wurden'} nicht übernommen. Bitte die Administration rufen.`
		);
	if (unreadablePlaces > 0)
		sentences.push(
			`Die zweite Kopie war an ${formatCount(unreadablePlaces, 'Stelle', 'Stellen')} nicht lesbar. Was die Datenbank hat, wurde dort neu geschrieben. Kommt das öfter vor, den Datenträger des Geräts prüfen lassen.`
		);
	if (withoutSecond) sentences.push(WITHOUT_SECOND[withoutSecond]);
	return sentences;
}

/** On the full screen, where something is certainly missing. */
export const missingWords = (missing: number): string =>
	missing === 0 ? '' : `Mindestens ${operations(missing)} ${missing === 1 ? 'fehlt' : 'fehlen'} auf diesem Gerät.`;
