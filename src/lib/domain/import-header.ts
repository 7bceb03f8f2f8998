/** The header of a table as a key: readers find by it what somebody said of such a table before, screens keep it under it. */
import { searchForm } from './search-key';

/** Search form without punctuation: `Tel.-Nr.*` → `TEL NR`. */
export const columnForm = (name: string): string => searchForm(searchForm(name).replace(/[^A-Z0-9]+/g, ' '));

/** Of each cell. */
const MAX_KEY_LENGTH = 80;

/** What a profile is kept under: the header's cells in search form, joined. '' for a table without a header. */
export const headerKeyOf = (header: readonly string[]): string =>
	header
		.map((name) => columnForm(name.slice(0, MAX_KEY_LENGTH)))
		.join('|')
		.replace(/\|+$/, '');
