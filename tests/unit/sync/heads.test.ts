/** What is claimed of a log with more gaps than a message has room for. */
import { expect, it } from 'vitest';
import { heldHeads, offeredHeads } from '$lib/sync/heads';
import { deviceNumber } from '../../support/log-history';

const device = deviceNumber(0xaa);
const beyond = Array.from({ length: 1_500 }, (_, i): [number, number] => [10 + 2 * i, 10 + 2 * i]);
const heads = new Map([[device, { sequence: 3, chainValue: new Uint8Array(32), beyond }]]);

it('is told to a server as held, so that it does not send the same again and again', () =>
	expect(offeredHeads(heads, [], []).get(device)?.beyond.at(-1)).toEqual([2_008, 3_008]));

it('is written down for others only as it is: the counter that reads it sends the rest', () =>
	expect(heldHeads(heads, [], []).get(device)?.beyond).toEqual(beyond));
