/** What a printer would get of a page. */
import type { Page } from '@playwright/test';

const POINTS_PER_MM = 72 / 25.4;

/** Number of sheets, and their size in mm. */
export async function paperOf(page: Page): Promise<{ sheets: number; width: number; height: number }> {
	const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: false })).toString('latin1');
	const [, , , width = '0', height = '0'] = /\/MediaBox\s*\[\s*([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)/.exec(pdf) ?? [];
	const mm = (points: string) => Math.round(Number(points) / POINTS_PER_MM);
	return { sheets: pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0, width: mm(width), height: mm(height) };
}
