/** The header of a table as a key: readers find by it what somebody said of such a table before, screens keep it under it. */
import { searchForm } from './search-key';

/** Of each cell: longer is no name of a column, but somebody's text. */
const MAX_NAME_LENGTH = 80;

/** Search form without punctuation, of the beginning of a long cell: `Tel.-Nr.*` → `TEL NR`. */
export const columnForm = (name: string): string =>
	searchForm(searchForm(name.slice(0, MAX_NAME_LENGTH)).replace(/[^A-Z0-9]+/g, ' '));

/** What a profile is kept under: the header's cells in search form, joined. '' for a table without a header. */
export const headerKeyOf = (header: readonly string[]): string => header.map(columnForm).join('|').replace(/\|+$/, '');
