/** What an audit counts: grave holes in what is shipped; and that one which was not answered is never taken for a clean one. */
import { describe, expect, it } from 'vitest';
import { comingWith, judge } from '../../../scripts/audit.js';

const lock = {
	packages: {
		'': { dependencies: { server: '1' } },
		'node_modules/server': { dependencies: { below: '1' } },
		'node_modules/below': { optionalDependencies: { native: '1' } },
		'node_modules/native': {},
		'node_modules/tool': { dependencies: { below: '1', deep: '1' } },
		'node_modules/server/node_modules/below': { dependencies: { older: '1' } },
		'node_modules/deep': {}
	}
};
const shipped = new Set(['server', 'below']);

describe('an audit', () => {
	it('looks at all that comes with what is shipped, and at no tool', () => {
		expect([...comingWith(lock, ['server'])].sort()).toEqual(['below', 'native', 'older', 'server']);
	});

	it('names grave holes, and no small ones', () => {
		const vulnerabilities = {
			server: { severity: 'moderate' },
			below: { severity: 'high', range: '<2' },
			tool: { severity: 'critical', range: '*' }
		};
		expect(judge({ vulnerabilities }, shipped)).toEqual({ type: 'done', holes: ['below <2 (high)'] });
		expect(judge({ vulnerabilities: {} }, shipped)).toEqual({ type: 'done', holes: [] });
	});

	it.each([[null], [{}], [{ message: '405 Method Not Allowed', error: {} }], ['']])(
		'that was not answered is not done: %j',
		(report) => expect(judge(report, shipped)).toMatchObject({ type: 'not-done' })
	);
});
