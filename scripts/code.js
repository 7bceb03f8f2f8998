/** `npm run code`: makes one more Betriebscode, by which another space can be laid onto this server. Works while it runs. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DATABASE_FILE, parseConfig } from '../src/lib/server/config.js';
import { hashEnrolmentCode, makeEnrolmentCode } from '../src/lib/server/enrolment-code.js';
import { openSqliteFile } from '../src/lib/server/sqlite.js';

const { config, faults } = parseConfig(process.env);
const file = path.join(config.dataDir, DATABASE_FILE);
if (!existsSync(file))
	faults.push(`Unter ${config.dataDir} (DATA_DIR) war noch kein Server in Betrieb; erst den Server starten.`);
if (faults.length > 0) {
	for (const fault of faults) console.error(fault);
	process.exit(1);
}

const database = openSqliteFile(file);
database.exec('pragma synchronous = FULL');
const code = makeEnrolmentCode();
database
	.prepare('insert into enrolment_codes (code_hash, kind, made_at) values (?, ?, ?)')
	.run([hashEnrolmentCode(code), 'made', Date.now()]);
database.close();
console.log(`Betriebscode: ${code}\nEr gilt einmal und wird nicht noch einmal angezeigt.`);
