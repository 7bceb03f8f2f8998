/** A counter of the space, with somebody unlocked at it, and its pages at hand. */
import { expect, type Page } from '@playwright/test';
import type { Device } from './device';
import { AdminPage } from './pages/admin-page';
import { ExchangePage } from './pages/exchange-page';
import { JOINING, JoinPage, type Joining } from './pages/join-page';
import { LockPage } from './pages/lock-page';
import { ReceiptPage } from './pages/receipt-page';
import { ReentryPage } from './pages/reentry-page';
import { RequestFormPage, type HolderChange } from './pages/request-form-page';
import { RequestListPage, RequestPage } from './pages/request-list-page';
import { SetupPage, type Founding } from './pages/setup-page';

export class Counter {
	readonly admin: AdminPage;
	readonly exchange: ExchangePage;
	readonly form: RequestFormPage;
	readonly list: RequestListPage;
	readonly lock: LockPage;
	readonly receipt: ReceiptPage;
	readonly reentry: ReentryPage;
	readonly request: RequestPage;

	/** A window in which somebody is unlocked. */
	constructor(
		readonly device: Device,
		readonly page: Page
	) {
		this.admin = new AdminPage(page);
		this.exchange = new ExchangePage(page);
		this.form = new RequestFormPage(page);
		this.list = new RequestListPage(page);
		this.lock = new LockPage(page);
		this.receipt = new ReceiptPage(page);
		this.reentry = new ReentryPage(page);
		this.request = new RequestPage(page);
	}

	/** The first device of a space; without a server unless `enrolmentCode` is given. */
	static async found(device: Device, founding: Partial<Founding> = {}): Promise<Counter> {
		const page = await device.open('/');
		const setup = new SetupPage(page);
		await setup.found(founding);
		await setup.goToToday();
		await setup.expectOfflineCopy();
		return new Counter(device, page);
	}

	/** A further device, let in by `first`. */
	static async join(device: Device, first: Counter, joining: Partial<Joining> = {}): Promise<Counter> {
		const code = await first.admin.createJoinCode();
		await first.admin.closeJoinCode();
		const page = await device.open('/');
		await new JoinPage(page).join(code, { ...JOINING, ...joining });
		const setup = new SetupPage(page);
		await setup.goToToday();
		await setup.expectOfflineCopy();
		return new Counter(device, page);
	}

	/** A device that is set up: its browser started, and somebody unlocked. */
	static async unlock(device: Device, password?: string): Promise<Counter> {
		const counter = new Counter(device, await device.open('/'));
		await counter.lock.unlock(password);
		return counter;
	}

	/** In the status line. */
	get unsent() {
		return this.page.getByRole('region', { name: 'Zustand des Geräts' }).getByText(/\d nicht übertragen$/);
	}
	/** „gesichert (2 Kopien)“: all that was shown as saved is there twice. */
	async expectTwoCopies(): Promise<void> {
		await expect(this.page.getByRole('region', { name: 'Zustand des Geräts' })).toContainText('gesichert (2 Kopien)');
	}
	get toasts() {
		return this.page.locator('.toasts');
	}

	/** By itself: half a minute after the last exchange, and the exchange. */
	async expectAllSent(timeout = 60_000): Promise<void> {
		await expect(this.unsent).toHaveText('0 nicht übertragen', { timeout });
	}

	/** A complete Halterwechsel; gives its case number. */
	async take(values: Partial<HolderChange> = {}): Promise<string> {
		await this.form.takeHolderChange(values);
		return this.receipt.caseNumber();
	}

	/** „Ergänzen“ of the request that is shown. */
	async amend(values: { readonly [label: string]: string }): Promise<void> {
		await this.beginAmending(values);
		await this.saveAmendment();
	}

	async beginAmending(values: { readonly [label: string]: string }): Promise<void> {
		await this.page.getByRole('button', { name: 'Ergänzen' }).click();
		await this.form.fill(values);
	}

	async saveAmendment(): Promise<void> {
		await this.form.save();
		await expect(this.request.timeline).toBeVisible();
	}

	/** What the list says of each request, but for the badges of time. */
	async listTexts(): Promise<string[]> {
		await this.list.open();
		await expect(this.list.rows.first()).toBeVisible();
		return this.list.rows.allInnerTexts();
	}
}
