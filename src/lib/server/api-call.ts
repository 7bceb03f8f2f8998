/** A SvelteKit event as the endpoints want it. */
import type { RequestEvent } from '@sveltejs/kit';
import type { ApiCall } from './endpoint';

export const apiCallOf = ({ request, url, getClientAddress }: RequestEvent): ApiCall => ({
	request,
	path: url.pathname,
	address: getClientAddress()
});
