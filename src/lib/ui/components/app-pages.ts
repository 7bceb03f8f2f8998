/** The pages that the navigation leads to, in order. */
import type { frameText } from '$lib/ui/text/frame';

export interface AppPage {
	readonly href: '/' | '/anliegen' | '/termine' | '/nacherfassung' | '/abgleich' | '/verwaltung';
	readonly name: keyof typeof frameText.pages;
	/** On a narrow screen. */
	readonly icon: string;
}

export const PAGES: readonly AppPage[] = [
	{ href: '/', name: 'today', icon: 'home' },
	{ href: '/anliegen', name: 'requests', icon: 'checklist' },
	{ href: '/termine', name: 'appointments', icon: 'calendar-today' },
	{ href: '/nacherfassung', name: 'reentry', icon: 'edit' },
	{ href: '/abgleich', name: 'exchange', icon: 'autorenew' },
	{ href: '/verwaltung', name: 'admin', icon: 'account-circle' }
];

/** True on the page and on those below it. */
export const isHere = (pathname: string, href: string): boolean =>
	pathname === href || (href !== '/' && pathname.startsWith(`${href}/`));
