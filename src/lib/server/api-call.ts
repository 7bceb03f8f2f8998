/** A SvelteKit event as the endpoints want it. */
import type { RequestEvent } from '@sveltejs/kit';
import { answerOrProblem, type ApiCall, type ServerContext } from './endpoint';
import { runningServer } from './running';

/** What an endpoint of the running server answers to this event. */
export function answerEvent(
	event: RequestEvent,
	answer: (context: ServerContext, call: ApiCall) => Promise<Response>
): Promise<Response> {
	const context = runningServer();
	return answerOrProblem(context, answer(context, apiCallOf(event)));
}

const apiCallOf = ({ request, url, getClientAddress }: RequestEvent): ApiCall => ({
	request,
	path: url.pathname,
	address: getClientAddress()
});
