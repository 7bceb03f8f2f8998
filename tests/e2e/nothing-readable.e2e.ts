/** After a whole shift nothing of a person, no password and no key is readable in the profiles, on the server, or in its log. */
import { setTimeout as pass } from 'node:timers/promises';
import { parseGrouped } from '../../src/lib/crypto/crockford';
import { createFinder, searchFolder } from '../support/disk-search';
import { byteNeedles, textNeedles, type Needle } from '../support/needles';
import { LEFT_BEHIND, leaveBehind, openCarelessSite } from './careless-page';
import { Counter } from './counter';
import { Device } from './device';
import { expect, test } from './fixtures';
import { stayWithinOneDay } from './one-day';
import { rawPrivateKey, tapKeys, type TappedKey } from './key-tap';
import { JOINING } from './pages/join-page';
import { FOUNDING } from './pages/setup-page';
import type { ServerProcess } from './server-process';
import {
	discardDraft,
	foundCounter,
	joinCounter,
	PASSWORDS,
	PIN,
	revokeClerk,
	workOfClerk,
	workOfDay,
	workOfLead
} from './shift';
import { TypedValues } from './typed-values';

/** By then Chromium has written down sessions, history and what it would fill in by itself. */
const IDLE_MS = 15_000;

test.beforeEach(stayWithinOneDay);

test('after a shift of two counters nothing is readable, neither after closing nor after a kill', async ({
	server,
	newDevice
}) => {
	test.setTimeout(300_000);
	await server.stop();
	await server.start({ LOG_LEVEL: 'trace' });
	const typed = new TypedValues();
	const taps: (readonly TappedKey[])[] = [];
	const devices = [await newDevice(), await newDevice()] as const;
	for (const device of devices) device.onStart = async (context) => void taps.push(await tapKeys(context));
	const { lead, groups } = await foundCounter(devices[0], server);
	const { clerk, code } = await joinCounter(devices[1], lead);

	await workOfClerk(clerk, typed);
	await workOfLead(lead, typed);
	await workOfDay(lead, typed);
	await revokeClerk(lead, clerk, groups);
	// Idleness is what is tested here: nothing is waited for but what the browser does by itself.
	await pass(IDLE_MS);
	await devices[0].close();
	await devices[1].kill();

	const sought = needlesOf(typed, groups, code, taps.flat());
	// What the app itself says would be found in its own copy on the device.
	expect(await searchFolder('build', sought.nowhere), 'a test value that stands in the app').toEqual([]);
	await expectCleanProfiles(devices, server, sought);
	await expectCleanServer(server, sought);

	// Once more the other way round, after a lock, a draft that was discarded, and a search.
	const page = await devices[0].open('/');
	const again = new Counter(devices[0], page);
	await again.lock.unlock();
	await discardDraft(again, typed);
	await again.lock.lock();
	await again.lock.expectShown();
	await devices[0].kill();
	await devices[1].open('/');
	await devices[1].close();
	const later = needlesOf(typed, groups, code, taps.flat());
	await expectCleanProfiles(devices, server, later);
	await server.kill();
	await expectCleanServer(server, later);
});

interface Sought {
	readonly nowhere: readonly Needle[];
	readonly onlyOnDevices: readonly Needle[];
}

function needlesOf(typed: TypedValues, groups: readonly string[], code: string, tapped: readonly TappedKey[]): Sought {
	// The tap heard something of every kind; otherwise finding nothing would mean nothing.
	const kinds = new Set(tapped.map(({ kind }) => kind));
	expect([...kinds].sort()).toEqual(['agreed secret', 'derived key', 'private key', 'secret', 'space secret']);
	const keys = tapped.filter(({ kind }) => kind !== 'space secret');
	const privateKeys = keys.flatMap(({ kind, bytes }) => (kind === 'private key' ? [rawPrivateKey(bytes)] : []));
	const raw = [...keys.map(({ bytes }) => bytes), ...privateKeys, bytesOf(groups.join('')), bytesOf(code)];
	const texts = [...typed.all, ...Object.values(PASSWORDS), PIN, ...spellings(groups), ...spellings(code.split('-'))];
	const spaceSecrets = tapped.filter(({ kind }) => kind === 'space secret');
	return {
		nowhere: [
			...texts.flatMap(textNeedles),
			...raw.flatMap((bytes, index) => byteNeedles(`key ${index} of ${bytes?.length} bytes`, bytes ?? new Uint8Array()))
		],
		onlyOnDevices: [
			...spaceSecrets.flatMap(({ bytes }) => byteNeedles('space secret', bytes)),
			...[FOUNDING.counter, JOINING.counter, FOUNDING.site].flatMap(textNeedles)
		]
	};
}

function bytesOf(groups: string): Uint8Array {
	const parsed = parseGrouped(groups);
	if (!parsed.ok) throw new Error('not a code');
	return parsed.value;
}

/** The whole code and any two groups beside each other: with dashes, with blanks, with nothing between. */
const spellings = (groups: readonly string[]): string[] =>
	[groups, ...groups.slice(1).map((group, index) => [groups[index] ?? '', group])].flatMap((run) =>
		['-', ' ', ''].map((between) => run.join(between))
	);

async function expectCleanProfiles(
	devices: readonly Device[],
	{ enrolmentCode }: ServerProcess,
	{ nowhere }: Sought
): Promise<void> {
	const needles = [...nowhere, ...textNeedles(enrolmentCode)];
	for (const device of devices) expect(await searchFolder(device.profile, needles)).toEqual([]);
}

async function expectCleanServer(server: ServerProcess, { nowhere, onlyOnDevices }: Sought): Promise<void> {
	const needles = [...nowhere, ...onlyOnDevices];
	// It is started with a Betriebscode of the test's: in its log stands no other, in its folder not even that.
	expect(await searchFolder(server.dataDir, [...needles, ...textNeedles(server.enrolmentCode)])).toEqual([]);
	expect(createFinder(needles)(Buffer.from(server.output))).toEqual([]);
	expect(server.output).toContain('"level":');
}

for (const ending of ['close', 'kill'] as const)
	test(`the control: what a careless page leaves behind is found, after ${ending}`, async () => {
		const site = await openCarelessSite();
		const device = await Device.create(site.origin);
		const found = async (): Promise<string[]> => {
			const needles = Object.entries(LEFT_BEHIND).map(([place, word]) => [place, textNeedles(word)] as const);
			const hits = await searchFolder(
				device.profile,
				needles.flatMap(([, forms]) => forms)
			);
			const names = new Set(hits.map(({ needle }) => needle));
			return needles.filter(([, forms]) => forms.some(({ name }) => names.has(name))).map(([place]) => place);
		};
		try {
			await leaveBehind(await device.open('/'));
			// A browser that is killed has written down what it had time for.
			if (ending === 'kill')
				// What it deletes while its folder is gone through is looked for anew.
				await expect(async () => expect(await found()).toEqual(Object.keys(LEFT_BEHIND))).toPass({ timeout: 60_000 });
			await device[ending]();
			expect(await found()).toEqual(Object.keys(LEFT_BEHIND));
		} finally {
			await device.dispose();
			await site.close();
		}
	});
