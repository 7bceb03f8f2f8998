/** What can go wrong between a device and a server, and what follows from it (SY10). No class deletes anything. */
import { unreachable } from '$lib/domain/result';

export type TransportError =
	/** No answer at all: network, name, certificate (a clock years off fails the handshake), or our own time limit. */
	| { readonly type: 'unreachable'; readonly cause: 'network' | 'timeout' | 'aborted' }
	/** An answer that is not ours: captive portal, wrong address, a foreign web server (SY2, SY14). */
	| { readonly type: 'not-our-server'; readonly status: number }
	/** 408, 425, 429 and 5xx. */
	| {
			readonly type: 'busy';
			readonly status: number;
			readonly problem: string | null;
			readonly retryAfterMs: number | null;
	  }
	/** 401, also after signing again with the server's time. */
	| { readonly type: 'needs-sign-in'; readonly problem: string; readonly clockOffsetMs: number | null }
	/** 413: the message, not its content. */
	| { readonly type: 'too-large' }
	/** Any other 4xx with a word of ours. */
	| { readonly type: 'refused'; readonly status: number; readonly problem: string };

export type ErrorClass = 'retry-later' | 'needs-sign-in' | 'needs-person';

/** The default is keep and retry. */
export function errorClassOf(error: TransportError): ErrorClass {
	switch (error.type) {
		case 'unreachable':
		case 'not-our-server':
		case 'busy':
			return 'retry-later';
		case 'needs-sign-in':
			return 'needs-sign-in';
		case 'too-large':
		case 'refused':
			return 'needs-person';
		default:
			return unreachable(error);
	}
}
