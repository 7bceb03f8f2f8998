/** Where the database goes when Chromium refuses every database of this origin: into a storage bucket of its own. */

interface StorageBuckets {
	open(name: string, options: { readonly durability: 'strict' }): Promise<{ readonly indexedDB: IDBFactory }>;
}

const BUCKET = 'notschalter';

/**
 * Measured in Chromium 156: with the MANIFEST of its LevelDB gone, no database of the origin can be opened or deleted any more, at
 * no later start either; the error is `UnknownError`. What was in it comes from the second copy, wherever the database lies.
 */
export const isRefusedForGood = (error: { readonly type: string; readonly name?: string }): boolean =>
	error.type === 'cannot-open' && error.name === 'UnknownError';

/** Null: this browser has no buckets, as all but those made of Chromium. */
export async function openSpareStorage(): Promise<IDBFactory | null> {
	const { storageBuckets } = navigator as unknown as { readonly storageBuckets?: StorageBuckets };
	try {
		return (await storageBuckets?.open(BUCKET, { durability: 'strict' }))?.indexedDB ?? null;
	} catch {
		return null;
	}
}
