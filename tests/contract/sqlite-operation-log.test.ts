/** The contract of the operation log, against SQLite in a file of its own. */
import { createSqliteOperationLog } from '$lib/feed/sqlite-operation-log';
import { feedFolder } from '../support/feed-folder';
import { describeOperationLog } from './operation-log.contract';

describeOperationLog('SQLite', async () => {
	const folder = feedFolder();
	let database = folder.open();
	let refusal: string | null = null;
	let clock = 0;
	const create = () =>
		createSqliteOperationLog(database, {
			now: () => clock,
			beforeCommit: () => {
				const name = refusal;
				refusal = null;
				if (name) throw new DOMException('', name);
			}
		});
	return {
		log: create(),
		putDraft: async (id) => void database.run('insert into documents (name, value) values (?, null)', `draft/${id}`),
		hasDraft: async (id) => database.get('select name from documents where name = ?', `draft/${id}`) !== undefined,
		refuseNext: (name) => (refusal = name),
		setClock: (ms) => (clock = ms),
		reopen: async () => {
			database.close();
			database = folder.open();
			return create();
		},
		close: async () => {
			database.close();
			folder.remove();
		}
	};
});
