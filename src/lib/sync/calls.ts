/** The calls beside the exchange: greeting, founding a space on a server, enrolling devices, join packages. */
import { bytesOfHex, type SpaceId } from '$lib/domain/ids';
import { MAX_RECORDS, type KeyringRecord } from '$lib/domain/keyring-record';
import { ok, type Result } from '$lib/domain/result';
import { MAX_HEADS, MAX_MESSAGE_BYTES, NONCE_BYTES } from './protocol';
import {
	decodeMessage,
	deviceKeyFields,
	encodeMessage,
	isBytes,
	isBytesUpTo,
	isCount,
	malformed,
	parseDeviceKey,
	parseId,
	parseList,
	parseRecord,
	recordFields,
	type Bytes,
	type DeviceKey,
	type MalformedMessage
} from './wire';

/** A join package holds the keyring, so it may grow with the number of staff. */
export const MAX_SEALED_PACKAGE_BYTES = 2 * 1024 * 1024;
export const MAX_CALL_BYTES = 64 * 1024;
/** Of a Betriebscode as typed, with blanks and dashes. */
export const MAX_CODE_LENGTH = 200;
export const MAX_JOIN_USES = 100;
export const MAX_JOIN_VALID_MS = 24 * 60 * 60 * 1000;
export const SERVICE = 'notschalter';
/** Of the messages in this folder. */
export const PROTOCOL_VERSION = '1';

export interface ServerHello {
	readonly nonce: Uint8Array;
	/** Server's clock, ms. */
	readonly time: number;
	readonly service: typeof SERVICE;
	/** Of the messages it speaks. */
	readonly version: string;
}

/** Lays a space onto a server: the Betriebscode pays for it. */
export interface SpaceOffer {
	/** As typed in; the server forgives case, blanks and dashes. */
	readonly code: string;
	readonly records: readonly KeyringRecord[];
	readonly deviceKeys: readonly DeviceKey[];
}

/** What a join code names and seals; the server cannot open it. */
export interface JoinPackageOffer {
	/** 32 hex digits, derived from the Aufnahmecode. */
	readonly packageId: string;
	readonly sealed: Uint8Array;
	readonly uses: number;
	/** Counted from its arrival by the server's clock: a device's own clock may be years off. */
	readonly validForMs: number;
}

export interface TakenJoinPackage {
	readonly spaceId: SpaceId;
	readonly sealed: Bytes;
}

export const encodeHelloOffer = (nonce: Uint8Array): Bytes => encodeMessage({ nonce });

export function parseHelloOffer(bytes: Uint8Array): Result<Bytes, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	return isBytes(fields.value.nonce, NONCE_BYTES) ? ok(fields.value.nonce) : malformed('nonce');
}

export const encodeHello = (hello: ServerHello): Bytes => encodeMessage({ ...hello });

export function parseHello(bytes: Uint8Array): Result<ServerHello, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	const { nonce, time, service, version } = fields.value;
	if (!isBytes(nonce, NONCE_BYTES)) return malformed('nonce');
	if (typeof time !== 'number' || !Number.isSafeInteger(time)) return malformed('time');
	if (service !== SERVICE || typeof version !== 'string') return malformed('service');
	return ok({ nonce, time, service, version });
}

export const encodeSpaceOffer = ({ code, records, deviceKeys }: SpaceOffer): Bytes =>
	encodeMessage({ code, records: records.map(recordFields), deviceKeys: deviceKeys.map(deviceKeyFields) });

export function parseSpaceOffer(bytes: Uint8Array): Result<SpaceOffer, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_MESSAGE_BYTES);
	if (!fields.ok) return fields;
	const { code } = fields.value;
	if (typeof code !== 'string' || code.length > MAX_CODE_LENGTH) return malformed('code');
	const records = parseList(fields.value.records, MAX_RECORDS, parseRecord);
	if (!records || records.length === 0) return malformed('records');
	const deviceKeys = parseList(fields.value.deviceKeys, MAX_HEADS, parseDeviceKey);
	if (!deviceKeys || deviceKeys.length === 0) return malformed('deviceKeys');
	return ok({ code, records, deviceKeys });
}

export const encodeDevicesOffer = (deviceKeys: readonly DeviceKey[]): Bytes =>
	encodeMessage({ deviceKeys: deviceKeys.map(deviceKeyFields) });

export function parseDevicesOffer(bytes: Uint8Array): Result<readonly DeviceKey[], MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	const deviceKeys = parseList(fields.value.deviceKeys, MAX_HEADS, parseDeviceKey);
	return deviceKeys ? ok(deviceKeys) : malformed('deviceKeys');
}

export const encodeJoinPackageOffer = ({ packageId, ...rest }: JoinPackageOffer): Bytes =>
	encodeMessage({ packageId: bytesOfHex(packageId), ...rest });

export function parseJoinPackageOffer(bytes: Uint8Array): Result<JoinPackageOffer, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_SEALED_PACKAGE_BYTES + MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	const { packageId, sealed, uses, validForMs } = fields.value;
	const id = parseId<string>(packageId);
	if (!id) return malformed('packageId');
	if (!isBytesUpTo(sealed, MAX_SEALED_PACKAGE_BYTES)) return malformed('sealed');
	if (!isCount(uses) || uses < 1 || uses > MAX_JOIN_USES) return malformed('uses');
	if (!isCount(validForMs) || validForMs < 1 || validForMs > MAX_JOIN_VALID_MS) return malformed('validForMs');
	return ok({ packageId: id, sealed, uses, validForMs });
}

export const encodeJoinPackageAnswer = (expiresAt: number): Bytes => encodeMessage({ expiresAt });

/** → until when it can be taken, ms of the server's clock. */
export function parseJoinPackageAnswer(bytes: Uint8Array): Result<number, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	return isCount(fields.value.expiresAt) ? ok(fields.value.expiresAt) : malformed('expiresAt');
}

export const encodeTakeOffer = (deviceKey: DeviceKey): Bytes =>
	encodeMessage({ deviceKey: deviceKeyFields(deviceKey) });

export function parseTakeOffer(bytes: Uint8Array): Result<DeviceKey, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	const deviceKey = parseDeviceKey(fields.value.deviceKey);
	return deviceKey ? ok(deviceKey) : malformed('deviceKey');
}

export const encodeTaken = ({ spaceId, sealed }: TakenJoinPackage): Bytes =>
	encodeMessage({ spaceId: bytesOfHex(spaceId), sealed });

export function parseTaken(bytes: Uint8Array): Result<TakenJoinPackage, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_SEALED_PACKAGE_BYTES + MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	const spaceId = parseId<SpaceId>(fields.value.spaceId);
	if (!spaceId) return malformed('spaceId');
	const { sealed } = fields.value;
	return isBytesUpTo(sealed, MAX_SEALED_PACKAGE_BYTES) ? ok({ spaceId, sealed }) : malformed('sealed');
}
