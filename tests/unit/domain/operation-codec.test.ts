/** Operation codec: what is read back is what was written; what is not understood is kept as unknown. */
import { describe, expect, it } from 'vitest';
import { decodeOperation, encodeOperation } from '$lib/domain/operation-codec';
import type { OperationContent } from '$lib/domain/operation';
import { anAmendment, aRequestOpened, deviceId, hexId, MONDAY } from '../../fixtures/builders';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const decode = (value: unknown) => decodeOperation(bytesOf(value), deviceId(1), 4);
const content = {
	type: 'request-amended',
	version: 1,
	subjectId: hexId(1),
	body: { changes: { note: { value: 'x', replaces: [`${hexId(2)}:3`] } } },
	staffId: hexId(3),
	recordedAt: MONDAY,
	clockOffset: null,
	tick: 9
};
const malformed = { ok: false, error: { type: 'malformed-operation' } };

describe('encodeOperation', () => {
	it('writes one line, whatever the text', () => {
		const { deviceId: _device, sequence: _sequence, ...amendment } = anAmendment({ changes: { note: 'a\nb\r\nc' } });
		const line = new TextDecoder().decode(encodeOperation(amendment as OperationContent));
		expect(line).not.toMatch(/[\r\n]/);
		expect(JSON.parse(line)).toEqual(amendment);
	});
});

describe('decodeOperation', () => {
	it('gives the operation its name', () => {
		expect(decode(content)).toEqual({ ok: true, value: { ...content, deviceId: deviceId(1), sequence: 4 } });
	});

	it('keeps the former name and the known clock error', () => {
		const given = { ...content, formerName: `${hexId(9)}:7`, clockOffset: { ms: -3, source: 'https://rathaus' } };
		expect(decode(given)).toEqual({ ok: true, value: { ...given, deviceId: deviceId(1), sequence: 4 } });
	});

	it.each([
		['an unknown type', { ...content, type: 'moon-landed' }, 'moon-landed', 1],
		['a newer version', { ...content, version: 2 }, 'request-amended', 2],
		['a type named as a property every object has', { ...content, type: 'constructor' }, 'constructor', 1],
		['no changes', { ...content, body: {} }, 'request-amended', 1],
		[
			'changes that replace no operation',
			{ ...content, body: { changes: { note: { value: 1, replaces: ['x'] } } } },
			'request-amended',
			1
		],
		['a change without replaces', { ...content, body: { changes: { note: { value: 1 } } } }, 'request-amended', 1],
		['a change without a value', { ...content, body: { changes: { note: { replaces: [] } } } }, 'request-amended', 1],
		['an empty path', { ...content, body: { changes: { '': { value: 1, replaces: [] } } } }, 'request-amended', 1],
		['no body', { ...content, body: null }, 'request-amended', 1],
		['a case opened without a number', { ...content, type: 'request-opened' }, 'request-opened', 1]
	])('[SY7] keeps %s as an unknown operation', (_, given, writtenType, version) => {
		const { subjectId, staffId, recordedAt, clockOffset, tick } = content;
		expect(decode(given)).toEqual({
			ok: true,
			value: {
				type: 'unknown',
				writtenType,
				version,
				...{ subjectId, staffId, recordedAt, clockOffset, tick },
				deviceId: deviceId(1),
				sequence: 4
			}
		});
	});

	it('[SY7] keeps a path named __proto__ as an unknown operation', () => {
		const line = `{"type":"request-amended","version":1,"subjectId":"${hexId(1)}","staffId":"${hexId(3)}","recordedAt":1,"clockOffset":null,"tick":1,"body":{"changes":{"__proto__":{"value":1,"replaces":[]}}}}`;
		expect(decodeOperation(new TextEncoder().encode(line), deviceId(1), 1)).toMatchObject({
			value: { type: 'unknown' }
		});
	});

	it('[SY7] keeps a value nested deeper than any form as an unknown operation', () => {
		let value: unknown = 1;
		for (let i = 0; i < 2_000; i++) value = [value];
		expect(decode({ ...content, body: { changes: { note: { value, replaces: [] } } } })).toMatchObject({
			ok: true,
			value: { type: 'unknown' }
		});
	});

	it.each([
		['null', null],
		['a list', [content]],
		['no type', { ...content, type: undefined }],
		['an empty type', { ...content, type: '' }],
		['version 0', { ...content, version: 0 }],
		['a broken subject id', { ...content, subjectId: 'x' }],
		['no staff', { ...content, staffId: undefined }],
		['a time with fractions', { ...content, recordedAt: 1.5 }],
		['a negative tick', { ...content, tick: -1 }],
		['a tick that leaves no room to count on', { ...content, tick: Number.MAX_SAFE_INTEGER }],
		['a clock error without a source', { ...content, clockOffset: { ms: 1 } }],
		['no clock error at all', { ...content, clockOffset: undefined }],
		['a former name that is none', { ...content, formerName: 'x:1' }]
	])('refuses %s', (_, given) => {
		expect(decode(given)).toEqual(malformed);
	});

	it('refuses what is no JSON, no UTF-8, or longer than any that was recorded again', () => {
		expect(decodeOperation(new TextEncoder().encode('{'), deviceId(1), 1)).toEqual(malformed);
		expect(decodeOperation(Uint8Array.of(0x22, 0xff, 0x22), deviceId(1), 1)).toEqual(malformed);
		expect(decode({ ...content, padding: 'x'.repeat(80 * 1024) })).toEqual(malformed);
	});

	it('reads an opened request with its number and form', () => {
		const { deviceId: _device, sequence: _sequence, ...opened } = aRequestOpened({ batch: 4 });
		expect(decode(opened)).toMatchObject({ ok: true, value: { type: 'request-opened', body: opened.body } });
	});
});
