/** The contract of the operation log, against Dexie on the IndexedDB of a real Chromium. */
import { openDexieLog } from '../support/dexie-log';
import { describeOperationLog } from './operation-log.contract';

describeOperationLog('Dexie in Chromium', openDexieLog);
