/** Taking in files of appointments, step by step. Nothing is written before the preview was seen; what is written stays. */
import { MAX_IMPORT_BYTES, type ColumnMapping, type ImportOptions } from '$lib/domain/appointment-import';
import { headerKeyOf } from '$lib/domain/import-header';
import type { LocalDate } from '$lib/domain/time';
import type { ImportOutcome, ImportSource, ProgressOf } from '$lib/services/appointment-desk';
import type { SaveError } from '$lib/services/workspace';
import { sortPreview, type SortedPreview } from './import-preview';
import type { ImportFailure, ImportNotice, ImportPorts, ImportStep, NeedsMapping } from './import-step';
import { ImportWindow } from './import-window.svelte';

/** What was said of the source at hand. */
type Told = Pick<ImportOptions, 'mapping' | 'sheet' | 'date'> & { readonly withoutProfiles?: boolean };

const NOTHING_DONE: ProgressOf = { done: 0, of: 0 };

export class ImportFlow {
	step = $state.raw<ImportStep>({ type: 'start' });
	progress = $state.raw<ProgressOf>(NOTHING_DONE);
	notice = $state<ImportNotice | null>(null);
	failure = $state.raw<ImportFailure | null>(null);
	/** A profile that could not be kept; the reading went on with it. */
	profileFailure = $state.raw<SaveError | null>(null);
	/** Files one after the other; the one at hand is at `position`. */
	sources = $state.raw<readonly ImportSource[]>([]);
	position = $state(0);
	readonly window: ImportWindow;
	readonly #ports: ImportPorts;
	#told: Told = {};
	#work: AbortController | null = null;

	constructor(ports: ImportPorts) {
		this.#ports = ports;
		this.window = new ImportWindow(ports.today);
	}

	get source(): ImportSource | null {
		return this.sources[this.position] ?? null;
	}
	/** Chosen together with the one at hand, and not read yet. */
	get next(): ImportSource | null {
		return this.sources[this.position + 1] ?? null;
	}
	/** It was read by what somebody said of such a table before. */
	get isByProfile(): boolean {
		const { step } = this;
		return step.type === 'preview' && this.#ports.profiles().some(({ name }) => name === step.preview.source);
	}

	/** Reads the first of them. */
	async open(sources: readonly ImportSource[]): Promise<void> {
		if (sources.length === 0) return;
		this.sources = sources;
		this.position = 0;
		await this.#begin();
	}

	async openNext(): Promise<void> {
		if (!this.next) return;
		this.position++;
		await this.#begin();
	}

	refuse(notice: ImportNotice): void {
		this.notice = notice;
	}

	chooseSheet = (sheet: string): Promise<void> => this.#read({ sheet });

	/** `name`: keeps it for the next table with this header. */
	async map(reading: NeedsMapping, mapping: ColumnMapping, name: string | null): Promise<void> {
		this.profileFailure = null;
		const header = headerKeyOf(reading.header);
		if (name !== null && header !== '') {
			const saved = await this.#ports.desk.saveProfile({ header, name, mapping });
			if (!saved.ok) this.profileFailure = saved.error;
		}
		await this.#read({ ...this.#told, mapping });
	}

	chooseDate = (date: LocalDate): Promise<void> => this.#read({ ...this.#told, date });

	/** The same source as it was read before: goes on with what a stopped import left. */
	readAgain = (): Promise<void> => this.#read(this.#told);

	/** Asks for the columns once more, whatever was kept of them. */
	mapAnew = (): Promise<void> =>
		this.#read({ ...(this.#told.sheet && { sheet: this.#told.sheet }), withoutProfiles: true });

	async takeIn(): Promise<void> {
		const { step } = this;
		if (step.type !== 'preview' || step.preview.entries.writable.length === 0) return;
		const { preview } = step;
		const work = this.#start();
		this.failure = null;
		this.step = { type: 'taking', preview };
		const entries = preview.entries.writable.map(({ entry }) => entry);
		try {
			const taken = await this.#ports.desk.takeIn(entries, work);
			if (!this.#isCurrent(work.signal)) return;
			if (taken.ok) this.step = { type: 'report', preview, report: taken.value };
			else this.#fail(preview, taken.error);
		} catch (fault) {
			if (!this.#isCurrent(work.signal)) return;
			this.#fail(preview, { type: 'not-written', name: fault instanceof Error ? fault.name : 'Error' });
		}
	}

	/** „Abbrechen“ of what is under way: reading goes back one step, taking in ends with what is in. */
	cancel(): void {
		this.#work?.abort();
	}

	/** Back to the start; nothing is lost, for nothing was written. */
	discard(): void {
		this.#forget();
		this.step = { type: 'start' };
	}

	/** The page goes, or the device is locked: no work goes on behind it. */
	dispose(): void {
		this.#forget();
		this.sources = [];
	}

	async #begin(): Promise<void> {
		this.profileFailure = null;
		this.step = { type: 'start' };
		await this.#read({});
	}

	async #read(told: Told): Promise<void> {
		const { source } = this;
		const days = this.window.days;
		if (!source) return;
		if (!days) return this.refuse('window');
		this.notice = null;
		this.failure = null;
		if ('file' in source && source.file.size > MAX_IMPORT_BYTES) return this.refuse('too-large');
		const before = this.step;
		const { withoutProfiles = false, ...given } = told;
		const profiles = withoutProfiles ? [] : this.#ports.profiles();
		const options: ImportOptions = { today: this.#ports.today(), ...days, profiles, ...given };
		const work = this.#start();
		this.step = { type: 'reading' };
		const outcome = await this.#ports.desk
			.read(source, options, work)
			.catch((): ImportOutcome => ({ type: 'reader-failed' }));
		if (!this.#isCurrent(work.signal)) return;
		this.#told = told;
		this.#show(outcome, before);
	}

	#show(outcome: ImportOutcome, before: ImportStep): void {
		switch (outcome.type) {
			case 'preview':
				this.step = { type: 'preview', preview: sortPreview(outcome) };
				return;
			case 'needs-mapping':
				this.step = { type: 'mapping', reading: outcome };
				return;
			case 'needs-date':
				this.step = { type: 'date', reading: outcome };
				return;
			case 'unreadable':
				this.notice = outcome.reason;
				break;
			case 'reader-failed':
			case 'took-too-long':
				this.notice = outcome.type;
				break;
			case 'stopped':
		}
		this.step = before;
	}

	#fail(preview: SortedPreview, error: SaveError): void {
		this.failure = { error, progress: this.progress };
		this.step = { type: 'preview', preview };
	}

	#start() {
		const controller = new AbortController();
		this.#work = controller;
		this.progress = NOTHING_DONE;
		const onProgress = (progress: ProgressOf): void => {
			if (this.#work === controller) this.progress = progress;
		};
		return { signal: controller.signal, onProgress };
	}

	/** False for what was begun before something else was. */
	#isCurrent = (signal: AbortSignal): boolean => this.#work?.signal === signal;

	#forget(): void {
		this.#work?.abort();
		this.#work = null;
		this.#told = {};
		this.notice = null;
		this.failure = null;
	}
}
