/** German words of the base components. */
import { formatCount, formatNumber } from './format';

export const baseText = {
	chooseOne: 'Bitte wählen',
	close: 'Schließen',
	closeMessage: 'Meldung schließen',
	errorSummary: 'Bitte prüfen',
	hint: 'Hinweis:',
	tooLong: (most: number, count: number): string =>
		`Das sind ${formatNumber(count)} Zeichen, höchstens ${formatNumber(most)} passen hinein. Bitte kürzen.`,
	matches: (count: number): string => (count === 0 ? 'Keine Treffer' : formatCount(count, 'Treffer', 'Treffer')),
	suggestions: 'Vorschläge',
	moreMatches: (count: number): string => `${formatCount(count, 'weiterer', 'weitere')} – bitte genauer eingeben`,
	skipToContent: 'Zum Inhalt springen',
	showPassword: 'Passwort zeigen',
	hidePassword: 'Passwort verbergen'
} as const;
