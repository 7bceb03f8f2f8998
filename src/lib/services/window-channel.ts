/** What windows of one profile tell each other, so that two of them agree. */

export type WindowMessage =
	| { readonly type: 'appended' }
	| { readonly type: 'drafts-changed' }
	| { readonly type: 'keyring-changed' }
	| { readonly type: 'servers-changed' }
	/** This device has a new identity (SY15): whoever holds the former one begins anew with it. */
	| { readonly type: 'identity-changed' }
	/** Something was saved in one copy only; whoever hears it completes the other. */
	| { readonly type: 'copy-behind' }
	/** Somebody works in another window: this one is not idle either. */
	| { readonly type: 'touched' }
	/** Somebody leaves the counter for a short while. */
	| { readonly type: 'cover' }
	| { readonly type: 'lock' };

export interface WindowChannel {
	tell(message: WindowMessage): void;
	listen(listener: (message: WindowMessage) => void): () => void;
}

export function createWindowChannel(name: string): WindowChannel {
	const channel = new BroadcastChannel(name);
	return {
		tell: (message) => channel.postMessage(message),
		listen: (listener) => {
			const receive = (event: MessageEvent<WindowMessage>) => listener(event.data);
			channel.addEventListener('message', receive);
			return () => channel.removeEventListener('message', receive);
		}
	};
}
