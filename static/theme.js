/* Before the first paint: light or dark as chosen on this device; without a choice the system decides. */
(() => {
	const theme = localStorage.getItem('notschalter.theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.kernTheme = theme;
})();
