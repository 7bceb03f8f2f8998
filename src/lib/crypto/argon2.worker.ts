/** Module worker: one message in (password, cost), one message out (32 bytes). Ended by its caller. */
import { stretchBytes } from './argon2id';
import type { StretchReply, StretchRequest } from './key-derivation';

/** The part of a dedicated worker's global scope used here; the project's types are those of a page. */
interface WorkerScope {
	onmessage: ((event: MessageEvent<StretchRequest>) => void) | null;
	postMessage(message: StretchReply, transfer: Transferable[]): void;
}
const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data }) => {
	stretchBytes(data.password, data.kdf).then(
		(stretched) => scope.postMessage({ stretched }, [stretched.buffer]),
		(reason: unknown) => scope.postMessage({ failed: reason instanceof Error ? reason.name : 'unknown' }, [])
	);
};
