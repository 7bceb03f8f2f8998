/** Transport: what a device can ask of a server, and the same over HTTP. */
import type { SpaceId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import {
	encodeDevicesOffer,
	encodeHelloOffer,
	encodeJoinPackageOffer,
	encodeSpaceOffer,
	encodeTakeOffer,
	parseHello,
	parseJoinPackageAnswer,
	parseTaken,
	type JoinPackageOffer,
	type ServerHello,
	type SpaceOffer,
	type TakenJoinPackage
} from './calls';
import { createHttpCaller, type Answered, type HttpPorts, type SignToken } from './http-call';
import { encodeOffer, NONCE_BYTES, parseAnswer, type ExchangeAnswer, type ExchangeOffer } from './protocol';
import { encodeSheetProof, parseSheetEntries, type SheetEntriesAnswer, type SheetProof } from './sheet-calls';
import type { TransportError } from './transport-error';
import type { Bytes, DeviceKey, MalformedMessage } from './wire';

export type { HttpPorts, SignToken, TokenRequest } from './http-call';
export type { TransportError } from './transport-error';

/** An answer, and what it tells of the device's clock: true time = device clock + clockOffsetMs. */
export interface Exchanged {
	readonly answer: ExchangeAnswer;
	readonly clockOffsetMs: number;
}

/** All that the engine needs of a transport; a bundle or a test can stand in for HTTP. */
export interface ExchangeTransport {
	exchange(
		spaceId: SpaceId,
		offer: Omit<ExchangeOffer, 'nonce'>,
		signal?: AbortSignal
	): Promise<Result<Exchanged, TransportError>>;
}

/** A server as a device sees it. Every answer is checked for shape and echo before it is believed (SY2). */
export interface Transport extends ExchangeTransport {
	/** Is our server there, and what time does it have? Needs no token. */
	hello(signal?: AbortSignal): Promise<Result<ServerHello & { readonly clockOffsetMs: number }, TransportError>>;
	/** Lays the space onto the server. Problems: `wrong-code`, `code-used`, `too-many-attempts` (429). Repeating it is harmless. */
	foundSpace(offer: SpaceOffer): Promise<Result<void, TransportError>>;
	/** Vouches for other devices of the space. */
	enrolDevices(spaceId: SpaceId, deviceKeys: readonly DeviceKey[]): Promise<Result<void, TransportError>>;
	/** → until when the package can be taken, ms of the server's clock. */
	createJoinPackage(
		spaceId: SpaceId,
		offer: JoinPackageOffer
	): Promise<Result<{ readonly expiresAt: number; readonly clockOffsetMs: number }, TransportError>>;
	/** Counts one use for this device; repeating it with the same key counts no other. Problems: `wrong-code`, `code-used`, `code-expired`. */
	takeJoinPackage(packageId: string, deviceKey: DeviceKey): Promise<Result<TakenJoinPackage, TransportError>>;
	/** What the Notfallblatt’s key must open. Problem: `wrong-code`, also for a space that is not there. */
	sheetEntries(spaceId: SpaceId, deviceKey: DeviceKey): Promise<Result<SheetEntriesAnswer, TransportError>>;
	/** Lets this device in by the Notfallblatt. Problem: `wrong-code`, also for a sheet that was replaced. Repeating it is harmless. */
	enrolBySheet(spaceId: SpaceId, proof: SheetProof): Promise<Result<void, TransportError>>;
}

export const API = '/api/v1';

/** `signToken` is the device's signer; null while there is no device yet: only `hello` works then. */
export function createHttpTransport(ports: HttpPorts & { readonly signToken: SignToken | null }): Transport {
	const call = createHttpCaller(ports);
	const signed = (path: string, body: Bytes, signal?: AbortSignal) =>
		call({ path: API + path, body, signToken: ports.signToken, signal });

	return {
		async hello(signal) {
			const nonce = newNonce();
			const answered = await call({ path: `${API}/hello`, body: encodeHelloOffer(nonce), signToken: null, signal });
			const hello = believe(answered, parseHello);
			if (!hello.ok) return hello;
			if (!areEqual(hello.value.parsed.nonce, nonce)) return err({ type: 'not-our-server', status: 200 });
			return ok({ ...hello.value.parsed, clockOffsetMs: hello.value.offsetOf(hello.value.parsed.time) });
		},
		async exchange(spaceId, offer, signal) {
			const nonce = newNonce();
			const answered = await signed(`/spaces/${spaceId}/exchange`, encodeOffer({ ...offer, nonce }), signal);
			const answer = believe(answered, parseAnswer);
			if (!answer.ok) return answer;
			const { parsed, offsetOf } = answer.value;
			if (!areEqual(parsed.nonce, nonce)) return err({ type: 'not-our-server', status: 200 });
			return ok({ answer: parsed, clockOffsetMs: offsetOf(parsed.time) });
		},
		foundSpace: async (offer) => done(await signed('/spaces', encodeSpaceOffer(offer))),
		enrolDevices: async (spaceId, keys) => done(await signed(`/spaces/${spaceId}/devices`, encodeDevicesOffer(keys))),
		async createJoinPackage(spaceId, offer) {
			const answered = await signed(`/spaces/${spaceId}/join-packages`, encodeJoinPackageOffer(offer));
			const created = believe(answered, parseJoinPackageAnswer);
			if (!created.ok) return created;
			const expiresAt = created.value.parsed;
			return ok({ expiresAt, clockOffsetMs: created.value.offsetOf(expiresAt - offer.validForMs) });
		},
		async takeJoinPackage(packageId, deviceKey) {
			const answered = await signed(`/join-packages/${packageId}/take`, encodeTakeOffer(deviceKey));
			const taken = believe(answered, parseTaken);
			return taken.ok ? ok(taken.value.parsed) : taken;
		},
		async sheetEntries(spaceId, deviceKey) {
			const answered = await signed(`/spaces/${spaceId}/sheet`, encodeTakeOffer(deviceKey));
			const entries = believe(answered, parseSheetEntries);
			return entries.ok ? ok(entries.value.parsed) : entries;
		},
		enrolBySheet: async (spaceId, proof) =>
			done(await signed(`/spaces/${spaceId}/sheet/enrol`, encodeSheetProof(proof)))
	};
}

const newNonce = (): Bytes => crypto.getRandomValues(new Uint8Array(NONCE_BYTES));

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);

interface Believed<T> {
	readonly parsed: T;
	readonly offsetOf: (serverTime: number) => number;
}

/** What cannot be parsed in full was not said by our server. */
function believe<T>(
	answered: Result<Answered, TransportError>,
	parse: (body: Uint8Array) => Result<T, MalformedMessage>
): Result<Believed<T>, TransportError> {
	if (!answered.ok) return answered;
	const { body, sentAt, receivedAt } = answered.value;
	const parsed = parse(body);
	if (!parsed.ok) return err({ type: 'not-our-server', status: 200 });
	const offsetOf = (serverTime: number) => Math.round(serverTime - (sentAt + receivedAt) / 2);
	return ok({ parsed: parsed.value, offsetOf });
}

const done = (answered: Result<Answered, TransportError>): Result<void, TransportError> =>
	answered.ok ? ok(undefined) : answered;
