import { it } from 'vitest';
import { runSeed } from './run-seed';
it('try', async () => {
	const from = Number(process.env.SEED ?? 1),
		n = Number(process.env.N ?? 1),
		stop = process.env.STOP;
	for (let seed = from; seed < from + n; seed++) {
		const t = process.cpuUsage(),
			w = Date.now();
		try {
			const r = await runSeed(seed);
			const c = process.cpuUsage(t);
			console.log(
				seed,
				r.operations,
				r.steps,
				r.trace.length,
				'cpu',
				(c.user + c.system) / 1000,
				'wall',
				Date.now() - w
			);
			if (process.env.TRACE) console.log(r.trace.join('\n'));
		} catch (e) {
			console.log('FAILED ' + String((e as Error).message));
			console.log(((e as any).cause?.stack ?? '').split('\n').slice(0, 6).join('\n'));
			if (stop) return;
		}
	}
}, 6000000);
