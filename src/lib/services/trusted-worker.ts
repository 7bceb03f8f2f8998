/** Starts our own workers: their URLs pass the one script-URL policy that the page's Trusted Types allow. */
import { trustedScriptUrl } from './trusted-script-url';
import argonWorkerUrl from '$lib/crypto/argon2.worker.ts?worker&url';
import journalWorkerUrl from './journal.worker.ts?worker&url';
import importWorkerUrl from './import.worker.ts?worker&url';
import keeperWorkerUrl from './log-keeper.worker.ts?worker&url';

const start = (url: string, name: string): Worker =>
	new Worker(trustedScriptUrl(url) as string, { type: 'module', name });

export const startArgonWorker = (): Worker => start(argonWorkerUrl, 'argon2');
export const startKeeperWorker = (): Worker => start(keeperWorkerUrl, 'log-keeper');
export const startImportWorker = (): Worker => start(importWorkerUrl, 'import');
export const startJournalWorker = (): Worker => start(journalWorkerUrl, 'journal');
