/** Bodies of operations as they come from outside: a parser per type. A new type is one line here and one in `operation.ts`. */
import { parseOperationName, parseSubjectId, type OperationName, type RequestId } from './ids';
import type { FieldChange, FieldChanges, JsonValue, OperationBodies, OperationType } from './operation';

/** Deep values are nobody's answer, and would overrun the stack of whoever walks them. */
const MAX_DEPTH = 8;
const MAX_PATH_LENGTH = 200;
const MAX_WORD_LENGTH = 500;

type BodyParsers = { readonly [T in OperationType]: (input: Fields) => OperationBodies[T] | null };
type KnownBody = { [T in OperationType]: { readonly type: T; readonly body: OperationBodies[T] } }[OperationType];
type Fields = Readonly<Record<string, unknown>>;

/** The body of a known type; null when the type is unknown or the body is not of its shape. */
export function parseBody(type: string, input: unknown): KnownBody | null {
	if (!isOperationType(type) || !isRecord(input)) return null;
	const body = PARSERS[type](input);
	return body === null ? null : ({ type, body } as KnownBody);
}

/** A path is any text without control characters; `__proto__` would be no key of its own in a plain object. */
export const isFieldPath = (path: string): boolean =>
	path !== '' && path.length <= MAX_PATH_LENGTH && path !== '__proto__' && !/\p{Cc}/u.test(path);

export const isOperationType = (type: string): type is OperationType => Object.hasOwn(PARSERS, type);

const parseChanged = (input: Fields): OperationBodies['request-amended'] | null => {
	const changes = parseChanges(input.changes);
	if (changes === null || !(input.reason === undefined || typeof input.reason === 'string')) return null;
	return input.reason === undefined ? { changes } : { changes, reason: input.reason };
};

const PARSERS: BodyParsers = {
	'request-opened': ({ caseNumber, formId, formVersion, batchId, changes: given }) => {
		const changes = parseChanges(given);
		const batch = parseBatch(batchId);
		if (!isWord(caseNumber) || !isWord(formId) || !isCount(formVersion) || batch === undefined) return null;
		return changes && { caseNumber, formId, formVersion, batchId: batch, changes };
	},
	'request-amended': parseChanged,
	'request-note-added': parseChanged,
	'request-papers-marked': parseChanged,
	'request-withdrawn': parseChanged,
	'conflict-settled': parseChanged,
	'receipt-issued': ({ copy, medium, changes: given }) => {
		const changes = parseChanges(given);
		if (!isCount(copy) || !(medium === 'a4' || medium === 'roll' || medium === 'handwritten')) return null;
		return changes && { copy, medium, changes };
	},
	'reentry-progressed': parseChanged,
	'reentry-completed': parseChanged,
	'reentry-returned': parseChanged,
	'device-joined': ({ publicKey, counter, site, deviceCode, changes: given }) => {
		const changes = parseChanges(given);
		if (!isWord(publicKey) || !isText(counter) || !isText(site) || !isWord(deviceCode)) return null;
		return changes && { publicKey, counter, site, deviceCode, changes };
	},
	'requests-exported': ({ medium, count, changes: given }) => {
		const changes = parseChanges(given);
		if (!(medium === 'csv' || medium === 'print') || !Number.isSafeInteger(count) || Number(count) < 0) return null;
		return changes && { medium, count: Number(count), changes };
	},
	'appointment-imported': parseChanged,
	'appointment-reported': parseChanged,
	'walk-in-arrived': parseChanged,
	'appointment-advanced': parseChanged,
	'appointment-amended': parseChanged,
	'appointment-cancelled': parseChanged,
	'appointment-moved': parseChanged,
	'appointment-contacted': parseChanged,
	'appointments-merged': parseChanged,
	'appointment-linked': parseChanged,
	'import-profile-saved': parseChanged,
	'capacity-set': parseChanged,
	'server-named': parseChanged
};

const parseChanges = (input: unknown): FieldChanges | null => (isChanges(input) ? input : null);

const isChanges = (input: unknown): input is FieldChanges =>
	isRecord(input) && Object.keys(input).every((path) => isFieldPath(path) && isChange(input[path]));

const isChange = (input: unknown): input is FieldChange =>
	isRecord(input) && isJson(input.value, MAX_DEPTH) && Array.isArray(input.replaces) && input.replaces.every(isName);

function isJson(input: unknown, depth: number): input is JsonValue {
	if (input === null || typeof input === 'string' || typeof input === 'boolean') return true;
	if (typeof input === 'number') return Number.isFinite(input);
	if (typeof input !== 'object' || depth === 0) return false;
	return Object.values(input).every((member) => isJson(member, depth - 1));
}

function parseBatch(input: unknown): RequestId | null | undefined {
	if (input === null) return null;
	const id = parseSubjectId(input);
	return id.ok ? id.value : undefined;
}

const isName = (input: unknown): input is OperationName => parseOperationName(input).ok;
const isRecord = (input: unknown): input is Fields =>
	typeof input === 'object' && input !== null && !Array.isArray(input);
const isText = (input: unknown): input is string => typeof input === 'string' && input.length <= MAX_WORD_LENGTH;
const isWord = (input: unknown): input is string => isText(input) && input !== '';
const isCount = (input: unknown): input is number => Number.isSafeInteger(input) && Number(input) > 0;
