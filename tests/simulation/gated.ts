/** Ports whose every call stands at a gate: before it, and, where it writes, once more after it has committed. */
import type { Actor, Scheduler } from './scheduler';

type Port<T> = { readonly [K in keyof T]: T[K] };
type Method = (...args: unknown[]) => Promise<unknown>;

/** Calls that only read: dying before or after them is the same to the disk. */
const READS = new Set([
	'ownHead',
	'pendingRows',
	'chainBefore',
	'heads',
	'segmentsBeyond',
	'segmentWith',
	'setAsideSegments',
	'size',
	'loadRecords',
	'asOf',
	'lastOpened',
	'list',
	'get',
	'unsentCount',
	'loadHead',
	'load',
	'space',
	'deviceKey',
	'deviceKeys',
	'records',
	'hasSpaces',
	'spaceIds',
	'overview'
]);

/** The same port, in whose calls the actor may stand still, be overtaken, or die: what was committed then stays. */
export function gated<T extends object>(port: Port<T>, name: string, actor: Actor, scheduler: Scheduler): T {
	const wrapped = Object.entries(port).map(([method, call]) => {
		if (typeof call !== 'function') return [method, call] as const;
		const label = `${name}.${method}`;
		const through: Method = async (...args) => {
			await scheduler.gate(actor, label);
			const answer: unknown = await (call as Method)(...args);
			if (!READS.has(method)) await scheduler.gate(actor, `${label} done`);
			return answer;
		};
		return [method, through] as const;
	});
	return Object.fromEntries(wrapped) as T;
}
