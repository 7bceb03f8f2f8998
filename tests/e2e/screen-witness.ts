/** Writes down what a screen has shown as saved, the moment it is painted: what a kill may not take away any more. */
import type { BrowserContext } from '@playwright/test';

export class ScreenWitness {
	/** Case numbers on receipts. */
	readonly numbers: Set<string>;
	/** Values of „Familienname“ beside „Entwurf ✔ gesichert“. */
	readonly draftNames: Set<string>;

	/** Begins with what was shown before. */
	constructor(numbers: Iterable<string> = [], draftNames: Iterable<string> = []) {
		this.numbers = new Set(numbers);
		this.draftNames = new Set(draftNames);
	}

	/** Looks on in every page that opens from now on. */
	readonly watch = async (context: BrowserContext): Promise<void> => {
		await context.exposeFunction('witnessNumber', (number: string) => void this.numbers.add(number));
		await context.exposeFunction('witnessDraft', (name: string) => void this.draftNames.add(name));
		await context.addInitScript(lookOn);
	};
}

/** Runs in the page. */
function lookOn(): void {
	const tell = window as unknown as Record<'witnessNumber' | 'witnessDraft', (value: string) => void>;
	const told = new Set<string>();
	const once = (kind: keyof typeof tell, value: string | undefined) => {
		if (!value || told.has(kind + value)) return;
		told.add(kind + value);
		tell[kind](value);
	};
	const look = () => {
		once('witnessNumber', document.querySelector('article .number')?.textContent?.trim());
		if (!document.querySelector('[data-draft=saved]')) return;
		const label = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === 'Familienname');
		once('witnessDraft', (label?.control as HTMLInputElement | null | undefined)?.value);
	};
	const lookAlways = () => {
		look();
		requestAnimationFrame(lookAlways);
	};
	requestAnimationFrame(lookAlways);
}
