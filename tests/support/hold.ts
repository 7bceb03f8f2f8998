/** A slow disk, for component tests. */
import type { Workspace } from '$lib/services/workspace';

type Act = 'step' | 'walkIn' | 'contact' | 'move' | 'cancel';

/** The next call of the act is recorded at once, and answers when it is let go by what is given back. */
export function hold(desk: Workspace['appointments'], act: Act): () => void {
	const before = desk[act] as (...args: unknown[]) => Promise<unknown>;
	let letGo = (): void => undefined;
	const gate = new Promise<void>((resolve) => (letGo = resolve));
	const slow = async (...args: unknown[]): Promise<unknown> => {
		Object.assign(desk, { [act]: before });
		const answer = await before(...args);
		await gate;
		return answer;
	};
	Object.assign(desk, { [act]: slow });
	return () => letGo();
}
