/** The steps of a run, in order: hear what is new, read files, send. Opens the desk anew where an exchange changes what it stands on. */
import path from 'node:path';
import { err, ok, type Result } from '$lib/domain/result';
import type { SaveError } from '$lib/services/workspace';
import { openFeedDesk, type CannotWork, type FeedDesk, type FeedPorts } from './feed-desk';
import { outcomeText } from './feed-text';
import { optionsFor, readFileIn, type Span } from './read-files';
import { sendAll, type Sent } from './sending';

export interface FeedWork {
	readonly spaceId: string;
	/** Takes in one file and says what came of it; false: somebody has to look at it. */
	read(file: string, span: Span, signal: AbortSignal): Promise<Result<boolean, SaveError>>;
	/** Exchanges; afterwards the desk stands on what came. */
	send(): Promise<Result<Sent, CannotWork>>;
}

/** One line to whoever looks at the output, or to whoever is to be called. */
export interface FeedVoice {
	say(line: string): void;
	complain(line: string): void;
}

export async function openFeedWork(
	ports: FeedPorts,
	{ say, complain }: FeedVoice
): Promise<Result<FeedWork, CannotWork>> {
	const opened = await openFeedDesk(ports);
	if (!opened.ok) return opened;
	let desk: FeedDesk = opened.value;

	const openAnew = async (): Promise<Result<void, CannotWork>> => {
		const again = await openFeedDesk(ports);
		if (!again.ok) return again;
		desk = again.value;
		return ok(undefined);
	};

	return ok({
		spaceId: desk.spaceId,
		read: async (file, span, signal) => {
			const options = await optionsFor(desk, span, ports.clock.now());
			const outcome = await readFileIn(desk, file, options, signal);
			if (!outcome.ok) return err(outcome.error);
			const isWhole = outcome.value.type === 'taken' && outcome.value.lost.length === 0;
			for (const line of outcomeText(path.basename(file), outcome.value)) (isWhole ? say : complain)(line);
			return ok(isWhole);
		},
		send: async () => {
			const sent = await sendAll(desk, ports.stores);
			if (!sent.identityLost && !sent.keyringChanged) return ok(sent);
			const again = await openAnew();
			if (!again.ok) return again;
			// Under the new identity nothing has been sent yet.
			return ok(sent.identityLost ? await sendAll(desk, ports.stores) : sent);
		}
	});
}
