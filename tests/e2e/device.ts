/** A counter PC: a browser profile in a folder of its own, whose browser can be killed by its id and started again. */
import { readlinkSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../scripts/chromium.js';

/** What cannot be pressed within this time is not there: the test says so, and does not use up its own time. */
const ACTION_LIMIT_MS = 40_000;

export class Device {
	readonly profile: string;
	readonly origin: string;
	/** Done with each browser that is started, before any page is. */
	onStart: (context: BrowserContext) => Promise<void> = async () => undefined;
	readonly #launch: Pick<LaunchOptions, 'executablePath' | 'env'>;
	#context: BrowserContext | null = null;

	private constructor(profile: string, origin: string, launch: Pick<LaunchOptions, 'executablePath' | 'env'>) {
		this.profile = profile;
		this.origin = origin;
		this.#launch = launch;
	}

	/** A device without data, its browser not yet started. `launch`: where its browser is another one than usual. */
	static async create(origin: string, launch: Pick<LaunchOptions, 'executablePath' | 'env'> = {}): Promise<Device> {
		return new Device(await mkdtemp(join(tmpdir(), 'notschalter-profile-')), origin, launch);
	}

	/** Another PC with a profile as it lies on the disk, its browser closed; the origin must be the one of that profile. */
	static async from(profile: string, origin: string): Promise<Device> {
		const copy = await Device.create(origin);
		await cp(profile, copy.profile, { recursive: true, filter: (path) => !/Singleton/.test(path) });
		return copy;
	}

	/** Another PC with the profile of this one, whose browser is closed. */
	static copyOf(other: Device): Promise<Device> {
		return Device.from(other.profile, other.origin);
	}

	get context(): BrowserContext {
		if (!this.#context) throw new Error('the browser of this device is not running');
		return this.#context;
	}

	/** Starts the browser and gives its first window, on the given address of the app; `prepare` runs before anything is loaded. */
	async open(path = '/', prepare?: (context: BrowserContext) => Promise<void>): Promise<Page> {
		this.#context = await chromium.launchPersistentContext(this.profile, {
			...chromiumLaunch(),
			...this.#launch,
			headless: true,
			baseURL: this.origin,
			locale: 'de-DE',
			timezoneId: 'Europe/Berlin',
			viewport: { width: 1366, height: 768 },
			serviceWorkers: 'allow'
		});
		this.#context.setDefaultTimeout(ACTION_LIMIT_MS);
		await prepare?.(this.#context);
		await this.onStart(this.#context);
		const page = this.#context.pages()[0] ?? (await this.#context.newPage());
		await page.goto(path);
		return page;
	}

	/** A further window of the same profile. */
	async openWindow(path = '/'): Promise<Page> {
		const page = await this.context.newPage();
		await page.goto(path);
		return page;
	}

	/** As a person closes it. */
	async close(): Promise<void> {
		await this.#context?.close();
		this.#context = null;
	}

	/** As a power cut ends it: the browser with all its processes, by the id of their group, without a goodbye. */
	async kill(): Promise<void> {
		const gone = new Promise((resolve) => this.context.once('close', resolve));
		process.kill(-this.#processId(), 'SIGKILL');
		await gone;
		await this.context.close().catch(() => undefined);
		this.#context = null;
	}

	async dispose(): Promise<void> {
		await this.close();
		await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
	}

	/** Chromium locks its profile with a link that names host and process, which leads a group of its own. */
	#processId(): number {
		const [, processId] = /-(\d+)$/.exec(readlinkSync(join(this.profile, 'SingletonLock'))) ?? [];
		if (!processId) throw new Error('no browser holds this profile');
		return Number(processId);
	}
}
