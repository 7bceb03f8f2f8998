/** Saving as screens see it: „wird gesichert“ until the disk has it, „gesichert“ never before. */
import type { Decision } from '$lib/domain/request';
import { err, ok, type Result } from '$lib/domain/result';
import { nameOfError } from '$lib/storage/not-written';
import { recordOperations, type Pen, type WrittenOperation } from './record-operation';
import type { Health, SaveError } from './workspace';

/** The database is closed or broken: the save ends as one that the disk refused, and nobody waits for it for ever. */
const notReadable = (error: unknown): Result<never, SaveError> =>
	err({ type: 'not-written', name: nameOfError(error) });

interface RecorderPorts {
	readonly pen: Pen;
	isClosed(): boolean;
	/** This identity is given up, and a new one is to be taken (SY15). */
	onGivenUp(): void;
	setSave(save: Health['save']): void;
	/** It is on the disk: fold it, tell the others. */
	onWritten(written: readonly WrittenOperation[], draftId: string | null): Promise<void>;
}

export type Record = (decided: readonly Decision[], draftId: string | null) => Promise<Result<void, SaveError>>;

export function createRecorder({ pen, isClosed, onGivenUp, setSave, onWritten }: RecorderPorts): Record {
	let saving = 0;
	return async (decided, draftId) => {
		if (isClosed()) return err({ type: 'locked' });
		if (decided.length === 0) return ok(undefined);
		saving++;
		setSave('saving');
		const written = await recordOperations(pen, decided, draftId).catch((error: unknown) =>
			isClosed() ? err({ type: 'locked' } as const) : notReadable(error)
		);
		saving--;
		const failed = !written.ok && written.error.type === 'not-written';
		setSave(failed ? 'failed' : saving > 0 ? 'saving' : 'saved');
		if (!written.ok && written.error.type === 'not-written' && written.error.name === 'given-up') onGivenUp();
		if (!written.ok) return written;
		await onWritten(written.value, draftId);
		return ok(undefined);
	};
}
