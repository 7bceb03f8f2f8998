/** Between devices and server: messages are lost, doubled, late, overtake each other, or come to the wrong question. */
import type { Chance } from './chance';
import type { Actor, Scheduler } from './scheduler';
import type { Answer, Call, SimServer } from './server';
import { SERVER_ORIGIN } from './space';

export interface Weather {
	loss: number;
	duplication: number;
	/** That a message takes longer than a client waits. */
	lateness: number;
	/** That an answer of an earlier call comes in place of the right one. */
	confusion: number;
}
export const FAIR: Weather = { loss: 0, duplication: 0, lateness: 0, confusion: 0 };

export interface Line {
	readonly actor: Actor;
	isOffline(): boolean;
	onAnswer(answer: Answer): void;
}

interface NetworkPorts {
	readonly chance: Chance;
	readonly scheduler: Scheduler;
	readonly server: SimServer;
	readonly weather: Weather;
}

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

export function createNetwork({ chance, scheduler, server, weather }: NetworkPorts) {
	/** Mostly at once; sometimes about as long as a client waits; some come after hours or days. */
	const delay = (): number => {
		if (!chance.happens(weather.lateness)) return chance.between(2, 400);
		return chance.happens(0.3) ? chance.between(HOUR_MS, 72 * HOUR_MS) : chance.between(SECOND_MS, 90 * SECOND_MS);
	};

	/** A line of one started device. */
	function fetchOver(line: Line) {
		const { actor } = line;
		let earlier: Answer | null = null;
		return (input: string, init: RequestInit): Promise<Response> =>
			new Promise((resolve, reject) => {
				const refuse = () => reject(new TypeError('fetch failed'));
				init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
				const call: Call = {
					path: input.slice(SERVER_ORIGIN.length),
					headers: init.headers as Record<string, string>,
					body: (init.body as Uint8Array<ArrayBuffer>).slice()
				};
				const take = (answer: Answer) => {
					if (!actor.alive) return;
					const given = earlier && chance.happens(weather.confusion) ? earlier : answer;
					if (given === answer) earlier = answer;
					line.onAnswer(given);
					resolve(responseOf(given));
				};
				if (line.isOffline()) return scheduler.after(chance.between(1, 50), refuse, actor);
				send(actor, call, take, refuse);
			});
	}

	function send(from: Actor, call: Call, take: (answer: Answer) => void, refuse: () => void): void {
		if (chance.happens(weather.loss)) return scheduler.note(from.name, `${nameOf(call)} is lost`);
		scheduler.after(delay(), () => deliver(from, call, take, refuse), null);
		if (!chance.happens(weather.duplication)) return;
		scheduler.note(from.name, `${nameOf(call)} is doubled`);
		scheduler.after(delay(), () => deliver(from, call, take, refuse), null);
	}

	function deliver(from: Actor, call: Call, take: (answer: Answer) => void, refuse: () => void): void {
		const to = server.actor();
		if (!to.alive) {
			scheduler.note(to.name, `is down for ${from.name} ${nameOf(call)}`);
			return void scheduler.after(chance.between(1, 50), refuse, from);
		}
		scheduler.start(to, `takes ${nameOf(call)} of ${from.name}`, async () => {
			const answer = await server.handle(call);
			scheduler.note(to.name, `answers ${from.name} ${nameOf(call)} ${answer.status}`);
			if (chance.happens(weather.loss)) return scheduler.note(to.name, `answer to ${from.name} is lost`);
			scheduler.after(delay(), () => take(answer), from);
		});
	}

	return { fetchOver };
}

const nameOf = ({ path }: Call): string => path.slice(path.lastIndexOf('/') + 1);

const responseOf = ({ status, contentType, retryAfter, body }: Answer): Response =>
	new Response(body, {
		status,
		headers: { 'content-type': contentType, ...(retryAfter === null ? {} : { 'retry-after': retryAfter }) }
	});
