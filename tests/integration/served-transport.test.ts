/** The transport contract on the built server, over real HTTP. */
import { spawnSync } from 'node:child_process';
import { transportContract } from '../contract/transport.contract';
import { startBuiltServer } from './built-server';

transportContract('HTTP onto the built server', async () => {
	const server = await startBuiltServer();
	return {
		origin: server.origin,
		fetch: (input, init) => fetch(input, init),
		now: () => Date.now(),
		newCode() {
			const made = spawnSync(process.execPath, ['scripts/code.js'], {
				env: { PATH: process.env.PATH, DATA_DIR: server.dataDir },
				encoding: 'utf8'
			});
			return Promise.resolve(/Betriebscode: (\S+)/.exec(made.stdout)?.[1] ?? '');
		},
		stop: () => server.dispose()
	};
});
