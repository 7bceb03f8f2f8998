/** Reads the sources for the tests of architecture. */
import { readdirSync, readFileSync } from 'node:fs';

export interface SourceFile {
	/** From the root, e.g. `src/lib/domain/ids.ts`. */
	readonly path: string;
	readonly text: string;
	/** The text without comments. */
	readonly code: string;
}

const withoutComments = (text: string): string =>
	text
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/(^|[\s;{}(,])\/\/[^\n]*/g, '$1');

export function sourceFiles(
	folder: string,
	endings: readonly string[] = ['.ts', '.svelte', '.js']
): readonly SourceFile[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
		.map((entry) => {
			const path = `${entry.parentPath}/${entry.name}`;
			const text = readFileSync(path, 'utf8');
			return { path, text, code: withoutComments(text) };
		})
		.toSorted((a, b) => a.path.localeCompare(b.path));
}

/** What a file imports, exports from, or loads later. */
export const importsOf = ({ code }: SourceFile): readonly string[] =>
	[
		...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)['"]([^'"]+)['"]/g),
		...code.matchAll(/new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g)
	].map(([, specifier]) => specifier ?? '');
