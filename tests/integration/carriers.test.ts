/** Two counters without a server exchange by files, both ways; whatever is wrong with a file is said, and the good part taken. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signBundleMessage } from '$lib/crypto/bundle-signature';
import { generateDeviceKeys } from '$lib/crypto/signature';
import type { CarrierDesk, ReadReport, WriteInput } from '$lib/services/carrier-desk';
import { createCarrierReading } from '$lib/services/carrier-reading';
import { encodeBundleMessage, encodeSignedFrame, parseSignedFrame } from '$lib/sync/bundle';
import { encodeFrame, encodePartHeader, readFrames } from '$lib/sync/bundle-frames';
import { createFakeStick } from '../support/fake-stick';
import { nextDatabaseName } from '../support/dexie-log';
import { requestInput } from '../support/request-input';
import { FOUNDING, openTestApp, stubPage, type TestApp } from '../support/test-app';
import { aSegment, testCounter } from '../support/test-counter';
import { startTestServer, type TestServer } from '../support/test-server';
import { must, testSpace } from '../support/test-space';

vi.setConfig({ testTimeout: 60_000 });

const { password } = FOUNDING;
let server: TestServer;
let apps: TestApp[];
let stick: ReturnType<typeof createFakeStick>;
let one: TestApp;
let two: TestApp;

beforeEach(async () => {
	stubPage();
	stick = createFakeStick();
	Object.assign(window, {
		showDirectoryPicker: async () => stick.folder,
		showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => stick.fileHandle(suggestedName)
	});
	apps = [];
	server = await startTestServer();
	server.clock.now = Date.now();
	vi.stubGlobal('fetch', (url: string, init: RequestInit) => server.fetch(url, init));
	one = await founded();
	two = await joined(one);
	vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
});
afterEach(async () => {
	for (const { session } of apps) await session.lock();
	vi.unstubAllGlobals();
	await server.stop();
});

async function anApp(): Promise<TestApp> {
	const app = await openTestApp(nextDatabaseName());
	apps.push(app);
	return app;
}
async function founded(): Promise<TestApp> {
	const app = await anApp();
	must(await must(await app.setup.prepareFounding({ ...FOUNDING, server: null })).complete());
	return app;
}
/** Let in over a server that then goes; nobody has exchanged with it. */
async function joined(host: TestApp): Promise<TestApp> {
	must(await host.workspace().addServer(server.origin, server.code));
	const made = { origin: server.origin, ownPassword: password, uses: 1, validMs: 900_000 };
	const { code } = must(await host.workspace().createJoinCode(made));
	const app = await anApp();
	const draft = must(await app.setup.prepareJoining(server.origin, code));
	must(await draft.complete({ site: 'A', counter: 'Schalter 2', staffId: draft.staff[0]!.id, password }));
	return app;
}
const take = async ({ workspace }: TestApp, familyName: string) =>
	must(await workspace().takeRequest(requestInput(workspace(), familyName)));
const namesIn = ({ workspace }: TestApp) =>
	workspace()
		.view.rows.map((row) => row.name.split(',')[0])
		.sort();
const unsentIn = ({ workspace }: TestApp) => workspace().view.health.unsentCount;
const desk = ({ workspace }: TestApp): Promise<CarrierDesk> => workspace().openCarriers();
const never = new AbortController().signal;

async function write(app: TestApp, over: Partial<WriteInput> = {}) {
	stick.empty();
	const input = { reader: null, partBytes: null, into: 'chosen', signal: never, onProgress: () => undefined } as const;
	return must(await (await desk(app)).write({ ...input, ...over }));
}
const read = async (app: TestApp, files: readonly File[] = stick.files(), signal = never): Promise<ReadReport> =>
	(await desk(app)).read({ files, signal, onProgress: () => undefined });
const bytesOnStick = (): Uint8Array<ArrayBuffer> => [...stick.contents.values()][0]!;
const asFile = (bytes: Uint8Array<ArrayBuffer>, name = 'a.notschalter'): File => new File([bytes], name);

const CLEAN = {
	refused: 0,
	damaged: 0,
	forged: 0,
	apart: 0,
	waiting: 0,
	foreign: [],
	newer: [],
	otherSpace: [],
	cutOff: [],
	doubled: [],
	missingParts: [],
	lacksLast: false,
	fault: null
};

describe('two counters without a server', () => {
	it('exchange by files both ways; written is not sent, and the answer brings only the rest', async () => {
		await take(one, 'Amsel');
		await take(one, 'Drossel');
		await take(two, 'Fink');
		const before = unsentIn(one);
		const first = await write(one);
		expect(first.files).toEqual([expect.stringMatching(/^Notschalter-[0-9A-Z]{4}-[\d-]+\.notschalter$/)]);
		expect(unsentIn(one)).toBe(before);

		const there = await read(two);
		expect(there).toMatchObject({ ...CLEAN, isUnknownWriter: false, writers: [{ counter: 'Schalter 1' }] });
		expect(there.requests).toEqual([{ counter: 'Schalter 1', count: 2 }]);
		await vi.waitFor(() => expect(namesIn(two)).toEqual(['Amsel', 'Drossel', 'Fink']), 20_000);
		const [peer] = await (await desk(two)).peers();
		expect(peer).toMatchObject({ counter: 'Schalter 1', lackingCount: 2 });

		const answer = await write(two, { reader: peer!.deviceId });
		expect(answer.operations).toBe(2);
		const back = await read(one);
		expect(back).toMatchObject({ ...CLEAN, added: 2, known: 0, requests: [{ counter: 'Schalter 2', count: 1 }] });
		await vi.waitFor(() => expect(namesIn(one)).toEqual(['Amsel', 'Drossel', 'Fink']), 20_000);
		// The answer's heads are the acknowledgement: all of it lies with the other one now.
		expect(unsentIn(one)).toBe(0);
		expect(await (await desk(one)).peers()).toMatchObject([{ counter: 'Schalter 2', lackingCount: 0 }]);
		expect(unsentIn(two)).toBe(2);

		await write(one);
		expect(await read(two)).toMatchObject({ ...CLEAN, added: 0 });
		expect(unsentIn(two)).toBe(0);
	});

	it('takes a bundle twice without a change, and says what was there already', async () => {
		await take(one, 'Amsel');
		await write(one);
		const [file] = stick.files();
		const twice = await read(two, [file!, asFile(bytesOnStick(), 'b.notschalter')]);
		expect(twice).toMatchObject({ ...CLEAN, doubled: ['b.notschalter'] });
		expect(twice.known).toBe(twice.added);
		expect(await read(two)).toMatchObject({ added: 0, known: twice.added, requests: [] });
		expect(namesIn(two)).toEqual(['Amsel']);
	});

	it('an older bundle does not take back what a newer one said', async () => {
		await write(one);
		const older = stick.files();
		await take(one, 'Amsel');
		await write(one);
		await read(two);
		await take(two, 'Fink');
		await read(two, older);
		const [peer] = await (await desk(two)).peers();
		expect((await write(two, { reader: peer!.deviceId })).operations).toBe(2);
	});

	it('what this device wrote itself is no other place', async () => {
		await take(one, 'Amsel');
		const before = unsentIn(one);
		await write(one);
		expect(await read(one)).toMatchObject({ ...CLEAN, isOwn: true, writers: [], added: 0 });
		expect(unsentIn(one)).toBe(before);
		expect(await (await desk(one)).peers()).toEqual([]);
	});

	it('what was forgotten counts as not sent again', async () => {
		await take(one, 'Amsel');
		await write(one);
		await read(two);
		await write(two);
		await read(one);
		expect(unsentIn(one)).toBe(0);
		const [peer] = await (await desk(one)).peers();
		await (await desk(one)).forget(peer!.deviceId);
		expect(unsentIn(one)).toBeGreaterThan(0);
	});
});

describe('a file that is not as it should be', () => {
	beforeEach(async () => {
		await take(one, 'Amsel');
		await write(one);
	});

	it('of another space: nothing of it is taken, and this is said', async () => {
		const other = await founded();
		await take(other, 'Fremd');
		await write(other);
		const report = await read(two);
		expect(report).toMatchObject({ added: 0, records: 0, otherSpace: [stick.files()[0]!.name] });
		expect(namesIn(two)).toEqual([]);
		expect((await two.stores.deviceKeys.list()).map(({ deviceId }) => deviceId)).not.toContain(
			(await other.stores.identity.load())!.deviceId
		);
	});

	it.each([0, 1, 2, 3, 4])('a flipped bit, %i fifths into the file, costs its own place', async (fifths) => {
		const bytes = bytesOnStick().slice();
		const at = Math.floor((bytes.length * fifths) / 5) + 20;
		bytes[at] = bytes[at]! ^ 1;
		const report = await read(two, [asFile(bytes)]);
		expect(report).toMatchObject({ damaged: 1, forged: 0, foreign: [] });
		// Whatever was hit: the other frames are read, and the whole file brings the rest.
		expect(report.writers.length + Number(report.isUnknownWriter)).toBe(1);
		await read(two);
		await vi.waitFor(() => expect(namesIn(two)).toEqual(['Amsel']), 20_000);
	});

	it('one stick for three town halls: each counter takes what is of its own space, and names the rest', async () => {
		const others = [await founded(), await founded()];
		const all = [one, ...others];
		const files: File[] = [];
		for (const [index, app] of all.entries()) {
			await take(app, `Rathaus ${index}`);
			await write(app);
			files.push(asFile(bytesOnStick(), `${index}.notschalter`));
		}
		const there = await read(two, files);
		expect(there).toMatchObject({ ...CLEAN, otherSpace: ['1.notschalter', '2.notschalter'] });
		await vi.waitFor(() => expect(namesIn(two)).toEqual(['Amsel', 'Rathaus 0']), 20_000);
		await take(two, 'Rathaus 0');
		await write(two, { reader: (await (await desk(two)).peers())[0]!.deviceId });
		files.push(asFile(bytesOnStick(), 'zurück.notschalter'));

		// Back through all three hands.
		for (const [index, app] of all.entries()) {
			const report = await read(app, files);
			const foreign = ['0.notschalter', '1.notschalter', '2.notschalter', 'zurück.notschalter'].filter((name) =>
				index === 0 ? /^[12]/.test(name) : !name.startsWith(String(index))
			);
			expect(report).toMatchObject({ ...CLEAN, otherSpace: foreign });
			const expected = index === 0 ? ['Amsel', 'Rathaus 0', 'Rathaus 0'] : [`Rathaus ${index}`];
			await vi.waitFor(() => expect(namesIn(app)).toEqual(expected), 20_000);
		}
		expect(unsentIn(one)).toBe(0);
	});

	it('a place that was cut out whole is told, though nothing is damaged', async () => {
		const frames: Uint8Array[] = [];
		await eachFrame(bytesOnStick(), async (frame) => {
			frames.push(encodeSignedFrame(frame.message, frame.signature));
			return frames.at(-1)!;
		});
		expect(frames.length).toBeGreaterThan(2);
		frames.splice(1, 1);
		const bytes = new Uint8Array(await new Blob([encodePartHeader(), ...frames.map(encodeFrame)]).arrayBuffer());
		expect(await read(two, [asFile(bytes)])).toMatchObject({ ...CLEAN, damaged: 1 });
	});

	it('two of one name are told apart', async () => {
		const report = await read(two, [asFile(new Uint8Array([1, 2])), ...stick.files(), asFile(new Uint8Array([3]))]);
		expect(report).toMatchObject({ ...CLEAN, foreign: ['a.notschalter', 'a.notschalter (2)'] });
	});

	it('what came in is told also when the disk has no room for what the writer has', async () => {
		const put = IDBObjectStore.prototype.put;
		const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
			if (this.name === 'servers') throw new DOMException('', 'QuotaExceededError');
			return put.apply(this, args);
		});
		const report = await read(two);
		full.mockRestore();
		expect(report).toMatchObject({
			requests: [{ counter: 'Schalter 1', count: 1 }],
			writers: [],
			fault: { type: 'not-written', name: 'QuotaExceededError' }
		});
		await vi.waitFor(() => expect(namesIn(two)).toEqual(['Amsel']), 20_000);
	});

	it('with more writers than anybody knows: a few are listened to, and none is remembered', async () => {
		const strangers = await Promise.all(Array.from({ length: 40 }, () => generateDeviceKeys()));
		const [first] = [...(await framesOf(bytesOnStick()))];
		const pieces: Uint8Array<ArrayBuffer>[] = [encodePartHeader()];
		for (const { deviceId, publicKey, signingKey } of strangers) {
			const message = encodeBundleMessage({ ...first!, writer: { deviceId, publicKey } });
			pieces.push(encodeFrame(encodeSignedFrame(message, await signBundleMessage(signingKey, message))));
		}
		const file = asFile(new Uint8Array(await new Blob(pieces).arrayBuffer()));
		const nothing = { added: [], known: [], refused: [], apart: [], records: 0 };
		const intake = { take: async () => nothing, holdsKey: async () => false };
		const reading = createCarrierReading({ spaceId: first!.spaceId, intake }, [file]);
		while (await reading.next());
		expect(reading.writers()).toHaveLength(40);
		expect(reading.said()).toHaveLength(20);

		const report = await read(two, [file]);
		expect(report).toMatchObject({ isUnknownWriter: true, writers: [], isOwn: false });
		expect(await (await desk(two)).peers()).toEqual([]);
	});

	it('cut off: what came before the cut is taken', async () => {
		const bytes = bytesOnStick();
		const report = await read(two, [asFile(bytes.slice(0, bytes.length - 30))]);
		expect(report).toMatchObject({ damaged: 1, cutOff: ['a.notschalter'] });
		await vi.waitFor(() => expect(namesIn(two)).toEqual(['Amsel']), 20_000);
	});

	it('put together anew by somebody: not even what is sound in such a place is taken', async () => {
		const stranger = await generateDeviceKeys();
		const changed = await eachFrame(bytesOnStick(), async (frame) =>
			encodeSignedFrame(
				encodeBundleMessage({ ...frame, part: frame.part + 1 }),
				await signBundleMessage(stranger.signingKey, frame.message)
			)
		);
		const before = unsentIn(two);
		const report = await read(two, [asFile(changed)]);
		expect(report).toMatchObject({ added: 0, records: 0, writers: [], damaged: 0 });
		expect(report.forged).toBeGreaterThan(1);
		expect(unsentIn(two)).toBe(before);
	});

	it('of a device of which nothing opens here: kept, and told apart from what an exchange brings further', async () => {
		const [first] = await framesOf(bytesOnStick());
		const stranger = await testCounter({ spaceId: first!.spaceId, opened: (await testSpace()).opened });
		const segment = await aSegment(stranger, 3);
		const changed = await eachFrame(bytesOnStick(), async (frame) => {
			const offer = { ...frame.offer, segments: [segment], deviceKeys: [stranger.deviceKey] };
			const { deviceId, publicKey } = stranger;
			const message = encodeBundleMessage({ ...frame, writer: { deviceId, publicKey }, offer });
			return encodeSignedFrame(message, await signBundleMessage(stranger.signingKey, message));
		});
		await read(two);
		await vi.waitFor(() => expect(namesIn(two)).toEqual(['Amsel']), 20_000);
		const before = unsentIn(two);
		expect(two.workspace().view.health.heldBackCount).toBe(0);
		await read(two, [asFile(changed)]);
		await vi.waitFor(
			() => expect(two.workspace().view.health).toMatchObject({ unsentCount: before + 3, heldBackCount: 3 }),
			20_000
		);
	});

	it('by a device that nobody knows: segments are judged each by itself, and its heads count for nothing', async () => {
		const stranger = await generateDeviceKeys();
		const own = (await two.stores.identity.load())!.deviceId;
		await take(two, 'Fink');
		const before = unsentIn(two);
		const changed = await eachFrame(bytesOnStick(), async (frame) => {
			const head = { sequence: 1_000_000, chainValue: new Uint8Array(32), beyond: [] };
			const message = encodeBundleMessage({
				...frame,
				writer: { deviceId: stranger.deviceId, publicKey: stranger.publicKey },
				offer: { ...frame.offer, heads: new Map([[own, head]]) }
			});
			return encodeSignedFrame(message, await signBundleMessage(stranger.signingKey, message));
		});
		const report = await read(two, [asFile(changed)]);
		expect(report).toMatchObject({ isUnknownWriter: true, writers: [], forged: 0 });
		expect(unsentIn(two)).toBeGreaterThanOrEqual(before);
		expect(await (await desk(two)).peers()).toEqual([]);
		// Nor does it drive this device out of its identity (SY15).
		expect((await two.stores.log.ownHead(own)).commonTo).toBeUndefined();
		await take(two, 'Star');
	});

	it('no bundle, a newer one, an empty one', async () => {
		const report = await read(two, [
			asFile(new TextEncoder().encode('Brot, Milch'), 'einkauf.txt'),
			asFile(new Uint8Array(), 'leer.notschalter'),
			asFile(encodePartHeader(2), 'neu.notschalter'),
			...stick.files()
		]);
		expect(report).toMatchObject({ foreign: ['einkauf.txt', 'leer.notschalter'], newer: ['neu.notschalter'] });
		await vi.waitFor(() => expect(namesIn(two)).toEqual(['Amsel']), 20_000);
	});

	it('a stick that was pulled out is told by the file, and the others are read', async () => {
		const gone = asFile(bytesOnStick(), 'weg.notschalter');
		Object.defineProperty(gone, 'slice', {
			value: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) })
		});
		expect(await read(two, [gone, ...stick.files()])).toMatchObject({ ...CLEAN, unreadable: ['weg.notschalter'] });
	});

	it('stopped by a person: what was read is kept, and nothing is called lacking', async () => {
		const stop = new AbortController();
		stop.abort();
		expect(await read(two, stick.files(), stop.signal)).toMatchObject({ ...CLEAN, stopped: true });
	});
});

describe('parts', () => {
	it('each stands by itself; a lacking one is named, and brings its own later', async () => {
		for (const name of ['Amsel', 'Drossel', 'Fink']) {
			await take(one, name);
			await write(one);
		}
		const { files } = await write(one, { partBytes: 1 });
		const parts = stick.files();
		expect(files.length).toBeGreaterThanOrEqual(3);
		expect(files[0]).toMatch(/-Teil-1\.notschalter$/);

		const lacking = await read(
			two,
			parts.filter((_, i) => i !== 1)
		);
		expect(lacking).toMatchObject({ ...CLEAN, missingParts: [2] });
		expect(await read(two, [parts[1]!])).toMatchObject({ missingParts: [1], lacksLast: true });
		await vi.waitFor(() => expect(namesIn(two)).toEqual(['Amsel', 'Drossel', 'Fink']), 20_000);
		expect(await read(two, parts)).toMatchObject({ ...CLEAN, added: 0 });
	});

	it('a stick that is full is told, and no half file is left on it', async () => {
		await take(one, 'Amsel');
		stick.breakAfter(200);
		const input = { reader: null, partBytes: 5e6, into: 'chosen', signal: never, onProgress: () => undefined } as const;
		stick.empty();
		expect(await (await desk(one)).write(input)).toEqual({
			ok: false,
			error: { type: 'not-written', name: 'QuotaExceededError' }
		});
		expect(stick.files()).toEqual([]);
	});
});

/** The same file with each frame put together anew. */
async function eachFrame(
	bytes: Uint8Array,
	change: (frame: ReturnType<typeof frameOf>) => Promise<Uint8Array>
): Promise<Uint8Array<ArrayBuffer>> {
	const pieces: Uint8Array<ArrayBuffer>[] = [encodePartHeader()];
	for await (const read of readFrames(
		(async function* () {
			yield bytes;
		})()
	))
		if (read.type === 'frame') pieces.push(encodeFrame(await change(frameOf(read.payload))));
	return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
async function framesOf(bytes: Uint8Array): Promise<ReturnType<typeof frameOf>[]> {
	const frames: ReturnType<typeof frameOf>[] = [];
	await eachFrame(bytes, async (frame) => {
		frames.push(frame);
		return encodeSignedFrame(frame.message, frame.signature);
	});
	return frames;
}
const frameOf = (payload: Uint8Array) => must(parseSignedFrame(payload));
