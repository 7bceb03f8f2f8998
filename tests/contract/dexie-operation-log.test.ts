/** The contract of the operation log, against Dexie on an IndexedDB in memory: fast; the real one runs in the browser. */
import 'fake-indexeddb/auto';
import { openDexieLog } from '../support/dexie-log';
import { describeOperationLog } from './operation-log.contract';

describeOperationLog('Dexie on fake-indexeddb', openDexieLog);
