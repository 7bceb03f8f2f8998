/** Branded ids: 128 random or hashed bits as 32 lower-case hex digits, so that no id is taken for another. */
import { err, ok, type Result } from './result';

declare const brand: unique symbol;
type Brand<B extends string> = string & { readonly [brand]: B };

export type SpaceId = Brand<'SpaceId'>;
export type DeviceId = Brand<'DeviceId'>;
export type StaffId = Brand<'StaffId'>;
export type SubjectId = Brand<'SubjectId'>;
/** A request's id is its subject's id; drawn when its draft begins. */
export type RequestId = SubjectId;
/** SHA-256 of a keyring record's bytes, first 128 bits. */
export type RecordId = Brand<'RecordId'>;
/** Names epoch and area of a data key, e.g. `1.general`; later epochs carry four drawn characters, so that two rotations at once do not clash: `2-k3x9.general`. */
export type KeyId = Brand<'KeyId'>;
/** `deviceId:sequence`, the name of an operation for ever. */
export type OperationName = Brand<'OperationName'>;

const HEX_128 = /^[0-9a-f]{32}$/;
const KEY_ID = /^[1-9][0-9]{0,5}(-[0-9a-z]{4})?\.[a-z]{1,16}$/;

export interface NotAnId {
	readonly type: 'not-an-id';
}

const parseHexId =
	<T extends string>() =>
	(input: unknown): Result<T, NotAnId> =>
		typeof input === 'string' && HEX_128.test(input) ? ok(input as T) : err({ type: 'not-an-id' });

export const parseSpaceId = parseHexId<SpaceId>();
export const parseDeviceId = parseHexId<DeviceId>();
export const parseStaffId = parseHexId<StaffId>();
export const parseSubjectId = parseHexId<SubjectId>();
export const parseRecordId = parseHexId<RecordId>();
export const parseKeyId = (input: unknown): Result<KeyId, NotAnId> =>
	typeof input === 'string' && KEY_ID.test(input) ? ok(input as KeyId) : err({ type: 'not-an-id' });

/** Each message names every device: turned byte by byte through a table, this took a tenth of the time. */
const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const HEX_DIGITS = '0123456789abcdef';

/** 16 bytes → 32 hex digits. */
export function hexOf(bytes: Uint8Array): string {
	let hex = '';
	for (const byte of bytes) hex += HEX_OF_BYTE[byte];
	return hex;
}

/** 32 hex digits → 16 bytes; the id has been parsed before. */
export const bytesOfHex = (hex: string): Uint8Array<ArrayBuffer> => {
	const bytes = new Uint8Array(hex.length / 2);
	for (let i = 0; i < bytes.length; i++)
		bytes[i] = HEX_DIGITS.indexOf(hex[2 * i]!) * 16 + HEX_DIGITS.indexOf(hex[2 * i + 1]!);
	return bytes;
};

/** Makes an id of 16 random bytes, which come from the caller: the domain draws nothing. */
export const idFromBytes = <T extends string>(bytes: Uint8Array): T => hexOf(bytes.subarray(0, 16)) as T;

export const operationName = (deviceId: DeviceId, sequence: number): OperationName =>
	`${deviceId}:${sequence}` as OperationName;

export const splitOperationName = (name: OperationName): { deviceId: DeviceId; sequence: number } => ({
	deviceId: name.slice(0, 32) as DeviceId,
	sequence: Number(name.slice(33))
});

const OPERATION_NAME = /^[0-9a-f]{32}:[1-9][0-9]{0,14}$/;
export const parseOperationName = (input: unknown): Result<OperationName, NotAnId> =>
	typeof input === 'string' && OPERATION_NAME.test(input) ? ok(input as OperationName) : err({ type: 'not-an-id' });
