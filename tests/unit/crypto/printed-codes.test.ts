/** The Notfallblatt and the Aufnahmecode, typed and scanned. */
import { describe, expect, it } from 'vitest';
import {
	encodeEmergencySheet,
	encodeJoinCode,
	parseEmergencySheet,
	parseJoinCode,
	parseRecoveryKey
} from '$lib/crypto/printed-codes';
import type { SpaceId } from '$lib/domain/ids';
import { err, ok } from '$lib/domain/result';

const content = {
	recoveryKey: new Uint8Array(16).fill(1),
	spaceId: '0123456789abcdef0123456789abcdef' as SpaceId,
	spaceSecret: new Uint8Array(16).fill(3)
};
const BLANKS_AND_ALPHANUMERIC = /^[0-9A-Z ]+$/;

describe('the Notfallblatt', () => {
	const sheet = encodeEmergencySheet(content);

	it('has six groups to unlock with and twelve that name the space', () => {
		expect(sheet.recoveryGroups).toHaveLength(6);
		expect(sheet.spaceGroups).toHaveLength(12);
		expect(sheet.qrText).toMatch(BLANKS_AND_ALPHANUMERIC);
	});

	it('comes back from the QR code and from its groups as typed', () => {
		expect(parseEmergencySheet(sheet.qrText)).toEqual(ok(content));
		const typed = [...sheet.recoveryGroups, ...sheet.spaceGroups].join(' ').toLowerCase();
		expect(parseEmergencySheet(typed)).toEqual(ok(content));
	});

	it('unlocks by its six groups alone or by the whole', () => {
		expect(parseRecoveryKey(sheet.recoveryGroups.join('-'))).toEqual(ok(content.recoveryKey));
		expect(parseRecoveryKey(sheet.qrText)).toEqual(ok(content.recoveryKey));
		expect(parseRecoveryKey(sheet.recoveryGroups.slice(1).join('-')).ok).toBe(false);
	});

	it('says in which of the eighteen groups a character is wrong', () => {
		const groups = [...sheet.recoveryGroups, ...sheet.spaceGroups];
		groups[13] = (groups[13] ?? '').replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
		expect(parseEmergencySheet(groups.join(' '))).toEqual(err({ type: 'malformed-code', group: 13 }));
	});
});

describe('the Aufnahmecode', () => {
	const code = new Uint8Array(16).fill(9);
	const { groups, qrText } = encodeJoinCode(code, 'https://server.example:4780');

	it('is typed as six groups, or scanned with the address', () => {
		expect(parseJoinCode(groups.join(' '))).toEqual(ok({ code, origin: null }));
		expect(parseJoinCode(qrText)).toEqual(ok({ code, origin: 'https://server.example:4780' }));
		expect(parseJoinCode(qrText.replace('https://server.example:4780', 'https://server.example/x?y=1'))).toEqual(
			ok({ code, origin: 'https://server.example' })
		);
	});

	it('is no link', () => {
		expect(() => new URL(qrText)).toThrow('Invalid URL');
	});

	it.each(['javascript:alert(1)', '', 'server'])('is refused with the address %j', (origin) => {
		expect(parseJoinCode(encodeJoinCode(code, origin).qrText)).toEqual(err({ type: 'malformed-code' }));
	});

	it('is refused when a character is wrong', () => {
		expect(parseJoinCode(`A${groups.join('').slice(1)}`).ok).toBe(false);
	});
});
