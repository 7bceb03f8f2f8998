/* Before the first paint: light or dark as chosen on this device; without a choice the system decides. Paper is always light. */
(() => {
	const root = document.documentElement;
	const theme = localStorage.getItem('notschalter.theme');
	if (theme === 'light' || theme === 'dark') root.dataset.kernTheme = theme;

	let onScreen;
	addEventListener('beforeprint', () => {
		onScreen = root.dataset.kernTheme;
		root.dataset.kernTheme = 'light';
	});
	addEventListener('afterprint', () => {
		if (onScreen) root.dataset.kernTheme = onScreen;
		else delete root.dataset.kernTheme;
	});
})();
