/** Light or dark: a setting of this device, nothing personal. `static/theme.js` reads it before the first paint. */

export type Theme = 'system' | 'light' | 'dark';
const ITEM = 'notschalter.theme';

class ThemeChoice {
	current = $state<Theme>(readTheme());

	choose(theme: Theme): void {
		this.current = theme;
		if (theme === 'system') {
			localStorage.removeItem(ITEM);
			delete document.documentElement.dataset['kernTheme'];
		} else {
			localStorage.setItem(ITEM, theme);
			document.documentElement.dataset['kernTheme'] = theme;
		}
	}
}

function readTheme(): Theme {
	const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(ITEM);
	return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export const themeChoice = new ThemeChoice();
