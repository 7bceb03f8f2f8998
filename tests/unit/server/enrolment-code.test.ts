/** Betriebscodes: typed by people, kept as a hash. */
import { describe, expect, it } from 'vitest';
import { hashEnrolmentCode, makeEnrolmentCode } from '$lib/server/enrolment-code.js';

describe('a Betriebscode', () => {
	it('is four groups of four characters that nobody mistakes', () => {
		const codes = Array.from({ length: 200 }, makeEnrolmentCode);
		expect(codes.every((code) => /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/.test(code))).toBe(true);
		expect(new Set(codes).size).toBe(200);
	});

	it.each(['7kxm 0rt4 9hq2 bd5w', '7KXM0RT49HQ2BD5W', ' 7KXM-ORT4–9HQ2-BD5W\n'])('is the same typed as %j', (typed) => {
		expect(hashEnrolmentCode(typed)).toBe(hashEnrolmentCode('7KXM-0RT4-9HQ2-BD5W'));
	});

	it('is another with one other character', () => {
		expect(hashEnrolmentCode('7KXM-0RT4-9HQ2-BD5X')).not.toBe(hashEnrolmentCode('7KXM-0RT4-9HQ2-BD5W'));
	});
});
