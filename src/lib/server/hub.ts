/** The status page and its JSON: who may see it, and what it shows. */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { hubAddress, isBehindProxy, parseConfig } from './config.js';
import type { ServerContext } from './endpoint';
import { refuseHub } from './hub-access';
import { concernsOf } from './hub-concerns';
import { HUB_POLICY, hubPage } from './hub-page';
import { readHubStatus } from './hub-status';

export interface HubRequest {
	readonly headers: Headers;
	readonly address: string;
	/** As Node.js has it; undefined under the development server. */
	readonly incoming: IncomingMessage | undefined;
	readonly version: string;
	readonly as: 'page' | 'json';
}

/** GET /hub, GET /hub.json. */
export async function answerHub(context: ServerContext, request: HubRequest): Promise<Response> {
	const { headers, address, incoming, version, as } = request;
	const socket = incoming?.socket;
	const { config } = parseConfig(process.env);
	const refused = refuseHub(
		{ headers, address, isEncrypted: socket instanceof TLSSocket },
		{
			code: config.hubCode,
			localAddress: hubAddress(config),
			isBehindProxy: isBehindProxy(config),
			limit: context.hubLimit,
			now: context.now
		}
	);
	if (refused) return refused;
	const certificate = socket instanceof TLSSocket ? (socket.getX509Certificate() ?? null) : null;
	const status = await readHubStatus(context, { config, version, certificate });
	const common = { 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' };
	if (as === 'page')
		return new Response(hubPage(status), {
			headers: { ...common, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': HUB_POLICY }
		});
	const concerns = concernsOf(status);
	return Response.json({ state: concerns.length === 0 ? 'ok' : 'attention', concerns, ...status }, { headers: common });
}
