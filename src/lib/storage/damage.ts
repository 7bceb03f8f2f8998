/** Damaged rows: a row that does not read as what it should be is passed over and reported, never believed and never deleted. */

/** Where the broken row lies; keys hold ids and numbers only. */
export interface DamagedRow {
	readonly table: string;
	readonly key: string;
}

export interface DamageReport {
	report(table: string, key: unknown): void;
	/** Each broken row once, in the order they were met since this page opened the database. */
	rows(): readonly DamagedRow[];
	/** Returns a function that ends listening. */
	listen(listener: (row: DamagedRow) => void): () => void;
}

export function createDamageReport(): DamageReport {
	const found = new Map<string, DamagedRow>();
	const listeners = new Set<(row: DamagedRow) => void>();
	return {
		report: (table, key) => {
			const row: DamagedRow = { table, key: String(key) };
			const name = `${row.table}/${row.key}`;
			if (found.has(name)) return;
			found.set(name, row);
			for (const listener of listeners) listener(row);
		},
		rows: () => [...found.values()],
		listen: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
}
